/** The nonce which the page's policy asks of style elements made by scripts. */
export function styleNonce(): string {
  return document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? ''
}
