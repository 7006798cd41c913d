/** The sites that may use a person's cookies: the one that serves Deskbell, and a front end served elsewhere. */
export interface OriginRule {
  publicUrl: string | undefined
  frontendUrl: string | undefined
}

interface Headers {
  origin?: string | undefined
  host?: string | undefined
  'sec-fetch-site'?: string | string[] | undefined
}

/**
 * Whether a request comes from our own pages or from no page at all. A cookie alone proves nothing: browsers send it
 * with a WebSocket that any site opens, and CORS does not apply there.
 */
export function isOwnOrigin(rule: OriginRule, headers: Headers): boolean {
  const { origin, host } = headers
  if (origin === undefined) {
    // Browsers send no Origin on a same-origin GET, and polling begins with one.
    const site = headers['sec-fetch-site']
    return site === undefined || site === 'same-origin'
  }
  if (origin === rule.publicUrl || origin === rule.frontendUrl) return true
  if (rule.publicUrl !== undefined || host === undefined) return false
  return origin === `http://${host}` || origin === `https://${host}`
}
