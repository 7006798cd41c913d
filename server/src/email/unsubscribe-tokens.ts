import { createHmac, timingSafeEqual } from 'node:crypto'
import { emailReasons } from '@deskbell/contract'
import type { EmailReason } from '@deskbell/contract'

/** What a link at the end of an e-mail stops: e-mails for one reason, to one person. */
export interface Unsubscription {
  personId: string
  reason: EmailReason
}

/** Tokens that allow to stop e-mails, and nothing else. They are signed rather than stored, and work for good. */
export interface UnsubscribeTokens {
  make(personId: string, reason: EmailReason): string
  /** Undefined: this desk did not make it. */
  read(token: string): Unsubscription | undefined
}

const signatureBytes = 20

/** All nodes have the same secret. */
export function createUnsubscribeTokens(secret: Buffer): UnsubscribeTokens {
  const key = createHmac('sha256', secret).update('unsubscribe').digest()
  const sign = (personId: string, reason: string) =>
    createHmac('sha256', key).update(`${personId} ${reason}`).digest().subarray(0, signatureBytes)
  return {
    make: (personId, reason) =>
      `${personId}.${reason}.${sign(personId, reason).toString('base64url')}`,
    read(token) {
      const [personId = '', name = '', signature = '', ...more] = token.split('.')
      const reason = emailReasons.find((one) => one === name)
      const signed = Buffer.from(signature, 'base64url')
      if (reason === undefined || more.length > 0 || signed.length !== signatureBytes)
        return undefined
      return timingSafeEqual(signed, sign(personId, reason)) ? { personId, reason } : undefined
    },
  }
}
