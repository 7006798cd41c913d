import { createTransport } from 'nodemailer'
import type { Mail } from './mail.ts'
import type { Delivered } from '../consumers/consumer.ts'
import type { EmailConfig } from '../config.ts'

/** Sends e-mails through the SMTP server of the configuration. */
export interface Smtp {
  /** What the server says of this e-mail. A server that cannot be used now is `away`. */
  send(mail: Mail): Promise<Delivered>
  close(): void
}

/** Longer than a healthy server takes for one e-mail, from its place in the queue on. */
const sendMs = 60_000

export function createSmtp({ smtp, from }: EmailConfig): Smtp {
  const transport = createTransport({
    ...smtp,
    pool: true,
    maxConnections: 2,
    maxMessages: 100,
    // Nothing is sent again without the consumer knowing.
    maxRequeues: 0,
    rateDelta: 1_000,
    rateLimit: 10,
    connectionTimeout: 10_000,
    dnsTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ to, unsubscribeUrl, inReplyTo, ...mail }) {
      try {
        await transport.sendMail({
          ...mail,
          from,
          to,
          envelope: { from: from.address, to: [to.address] },
          ...(inReplyTo !== undefined && { inReplyTo, references: [inReplyTo] }),
          headers: {
            // No out-of-office answers.
            'Auto-Submitted': 'auto-generated',
            ...(unsubscribeUrl !== undefined && {
              'List-Unsubscribe': `<${unsubscribeUrl}>`,
              'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
            }),
          },
          signal: AbortSignal.timeout(sendMs),
        })
        return { kind: 'done' }
      } catch (thrown) {
        return outcomeOf(thrown)
      }
    },
    close: () => transport.close(),
  }
}

/** The errors of nodemailer: `responseCode` is the server's, and `code` says what went wrong. */
interface SmtpError extends Error {
  code?: string
  responseCode?: number
  response?: string
}

/** What is said of one e-mail, rather than of the connection, the sign-in or the certificate. */
const ofTheMail = new Set(['EENVELOPE', 'EMESSAGE'])
/** The server asks to come back later, whatever the e-mail. */
const closing = 421

function outcomeOf(thrown: unknown): Delivered {
  if (!(thrown instanceof Error)) throw thrown
  const { code = '', responseCode, response, message }: SmtpError = thrown
  const reason = response ?? message
  if (!ofTheMail.has(code) || responseCode === closing) return { kind: 'away', reason }
  // Without an answer, nodemailer itself found the address wrong.
  const isFinal = responseCode === undefined || responseCode >= 500
  return { kind: isFinal ? 'refused' : 'retry', reason }
}
