/** The browser did not keep the cookie that says who is signed in. */
export class CookieRefusedError extends Error {}
