/**
 * The Content-Security-Policy of every page: scripts, styles and fonts are ours and in files of their own, images are ours or
 * posters, and nothing else is loaded.
 */
export function securityPolicy(posterHosts: readonly string[]): string {
  const images = ["'self'", ...posterHosts.map((host) => `https://${host}`)];
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    `img-src ${images.join(' ')}`,
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
