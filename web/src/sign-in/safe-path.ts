/**
 * Where a link's `next` leads, if that is a path of this site, else the front page. Anybody can write such a link, so
 * nothing is mended: what is not plainly a path, also once it is decoded, is none.
 */
export function safePath(next: string | undefined, origin: string): string {
  if (next === undefined || !next.startsWith('/') || !URL.canParse(next, origin)) return '/'
  const url = new URL(next, origin)
  const path = url.pathname + url.search + url.hash
  // The parser leaves out dots and blanks, and what is left may name another site to who parses it next.
  if (url.origin !== origin || !URL.canParse(path, origin)) return '/'
  if (new URL(path, origin).href !== url.href) return '/'
  return isPlain(url.pathname) ? path : '/'
}

function isPlain(path: string): boolean {
  try {
    const decoded = decodeURIComponent(path)
    // oxlint-disable-next-line no-control-regex -- control characters are what is refused
    if (/\/\/|[\\\u0000-\u001f\u007f-\u009f]/.test(decoded)) return false
    // Back to where one is already.
    return !/^\/sign-in(\/|$)/.test(decoded)
  } catch {
    return false
  }
}
