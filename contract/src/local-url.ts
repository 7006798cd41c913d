/** Whether a URL leads to the computer on which it is opened, so that it works for nobody else. */
export function isLocalUrl(url: string): boolean {
  const { hostname } = new URL(url)
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    /^(127\.|\[::1\]$)/.test(hostname)
  )
}
