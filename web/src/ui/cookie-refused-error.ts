/** The browser did not keep the session cookie. */
export class CookieRefusedError extends Error {}
