/**
 * Where to go after signing in: a path of this site, and nothing that leads a browser elsewhere.
 *
 * @param wanted the parameter `next`, as it came
 */
export function safePath(wanted: unknown): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/') || wanted.startsWith('/signin')) return '/'
  const site = 'http://worklab.invalid'
  const url = URL.canParse(wanted, site) ? new URL(wanted, site) : undefined
  // Browsers read `//host` and `/\host` as another site, and so does URL.
  return url?.origin === site ? url.pathname + url.search + url.hash : '/'
}
