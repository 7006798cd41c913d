/**
 * The target of a link's `next` if it is a path of this site, else the front page. Anybody can write such a link, so
 * nothing is repaired: a value that is not plainly a path, also after decoding, is refused.
 */
export function safePath(next: string | undefined, origin: string): string {
  if (next === undefined || !next.startsWith('/') || !URL.canParse(next, origin)) return '/'
  const url = new URL(next, origin)
  const path = url.pathname + url.search + url.hash
  // The URL parser drops dots and blanks; the result could name another site when it is parsed again.
  if (url.origin !== origin || !URL.canParse(path, origin)) return '/'
  if (new URL(path, origin).href !== url.href) return '/'
  return isPlain(url.pathname) ? path : '/'
}

function isPlain(path: string): boolean {
  try {
    const decoded = decodeURIComponent(path)
    // oxlint-disable-next-line no-control-regex -- control characters are what is refused
    if (/\/\/|[\\\u0000-\u001f\u007f-\u009f]/.test(decoded)) return false
    // The sign-in page itself is no target: the person would come back to where they are.
    return !/^\/sign-in(\/|$)/.test(decoded)
  } catch {
    return false
  }
}
