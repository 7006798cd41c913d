/** Whether a URL leads to the very computer it is opened on, so that nobody else can use it. */
export function isLocalUrl(url: string): boolean {
  const { hostname } = new URL(url)
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    /^(127\.|\[::1\]$)/.test(hostname)
  )
}
