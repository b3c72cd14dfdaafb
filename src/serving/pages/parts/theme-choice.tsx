import type { JSX } from 'preact';

import { useSite } from '../site.ts';
import { THEMES, type Theme } from '../theme.ts';

const LABELS: Readonly<Record<Theme, string>> = { auto: 'As my system', light: 'Light', dark: 'Dark' };

/** The choice of light or dark: buttons of a form, which a script answers at once. */
export function ThemeChoice(): JSX.Element {
  const { theme, address } = useSite();
  return (
    <form method="post" action="/theme" class="theme-choice" data-theme-choice>
      <input type="hidden" name="back" value={address} />
      <fieldset>
        <legend>Colours</legend>
        {THEMES.map((one) => (
          <button name="theme" value={one} aria-pressed={one === theme ? 'true' : 'false'}>
            {LABELS[one]}
          </button>
        ))}
      </fieldset>
    </form>
  );
}
