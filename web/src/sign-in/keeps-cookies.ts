const probe = 'deskbell-probe=kept'

/** Sets a cookie to find out: navigator.cookieEnabled is true even where a setting blocks the cookies of all sites. */
export function keepsCookies(): boolean {
  document.cookie = `${probe}; Path=/; SameSite=Strict; Max-Age=60`
  const kept = document.cookie.includes(probe)
  document.cookie = `${probe}; Path=/; SameSite=Strict; Max-Age=0`
  return kept
}
