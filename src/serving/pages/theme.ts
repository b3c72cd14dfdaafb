/** Light or dark; `auto`: as the reader's system has it. */
export const THEMES = ['auto', 'light', 'dark'] as const;

export type Theme = (typeof THEMES)[number];

/** The name of the cookie that keeps a reader's choice. */
const THEME_COOKIE = 'theme';

/** For how long a choice is kept: a year. */
const KEPT_SECONDS = 365 * 24 * 60 * 60;

/** What a header `Cookie` chooses; without a choice, `auto`. */
export function themeOf(cookie: string | undefined): Theme {
  const chosen = new RegExp(`(?:^|;\\s*)${THEME_COOKIE}=(\\w+)`).exec(cookie ?? '')?.[1];
  return THEMES.find((theme) => theme === chosen) ?? 'auto';
}

/** The header `Set-Cookie` that keeps a choice. A script of ours may change it, so it is not `HttpOnly`; it is no secret. */
export function themeCookie(theme: Theme): string {
  return `${THEME_COOKIE}=${theme}; Path=/; Max-Age=${KEPT_SECONDS}; SameSite=Lax`;
}
