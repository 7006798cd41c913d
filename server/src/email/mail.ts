/** An e-mail to one person. Its texts may be hostile: the transport encodes headers, and `letter` escapes HTML. */
export interface Mail {
  to: { name: string; address: string }
  /** The same for all attempts, so that mail programs show an e-mail that arrives twice once. */
  messageId: string
  subject: string
  text: string
  html: string
  /** The e-mails of a thread name one of its messages, which need not exist. */
  inReplyTo?: string
  /** Of `List-Unsubscribe`: stops these e-mails with one POST (RFC 8058). */
  unsubscribeUrl?: string
}

/** The part of a Message-ID before the domain has only ids: letters, digits and dots. */
export function messageId(publicUrl: string, ...parts: string[]): string {
  return `<${parts.join('.')}@${new URL(publicUrl).hostname}>`
}
