import { hideSecrets } from '../../lib/hide-secrets.ts';
import { table } from '../table.ts';
import type { Verb } from '../verb.ts';

export const verb: Verb = {
  name: 'config',
  inServer: false,
  declare: (command) =>
    command
      .summary('every setting: value, where it is from, what it takes')
      .description(
        'Prints every setting with its value, where that is from, and what it takes. Secrets are hidden.',
      )
      .addHelpText('after', '\nExample:\n  filmbase config'),
  run: ({ config, out }) => {
    const { effective, file, keep, maxShrink } = config;
    const sources = [...config.sources].map(([name, { settings, scheduleText }]) => [
      name,
      { ...(settings as object), schedule: scheduleText },
    ]);
    const inFile = shown({ keep, publish: { maxShrink }, sources: Object.fromEntries(sources) as object });
    const rows = effective.map(({ name, value, from, help }) => [
      name,
      value === '' ? null : value,
      from,
      help,
    ]);
    const text = `${table(['variable', 'value', 'from', 'what it is'], rows)}\n\n${file}, with defaults:\n${JSON.stringify(inFile, null, 2)}`;
    out.say('config', { variables: effective, file, settings: inFile }, text);
    return Promise.resolve(0);
  },
};

/** The settings without secrets. */
function shown<T>(settings: T): T {
  const hide = (_: string, value: unknown) => (typeof value === 'string' ? hideSecrets(value) : value);
  return JSON.parse(JSON.stringify(settings, hide)) as T;
}
