/** The nonce that the page's content security policy demands of style elements made by scripts. */
export function styleNonce(): string {
  return document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? ''
}
