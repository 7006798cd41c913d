import { createHash, randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { createFairQueue } from './fair-queue.ts'

/** 160 bits, for cookies and links. Only its hash is ever stored. */
export function newToken(): string {
  return randomBytes(20).toString('base64url')
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** Hashes and compares passwords for one caller. Both cost tens of milliseconds of a processor and 19 MiB. */
export interface Passwords {
  hash(password: string): Promise<string>
  /** Takes as long for someone who does not exist, or has no password yet, as for someone who does. */
  isRight(password: string, stored: string | null | undefined): Promise<boolean>
}

/** For whom: what is known without asking the database, so that refusing costs nothing. */
export interface PasswordCaller {
  /** Signed in, or has a valid link, or is a browser that signed in before. Strangers never hold these up. */
  isKnown: boolean
  /** Turns go around between groups: a stranger's network; of who is known the session, link or browser. */
  group: string
  /** Aborted when the caller hangs up: it leaves the queue. */
  gone?: AbortSignal
}

/** An office signs in at nine, from one address. */
const maxPerGroup = 100
const maxWaiting = 400
/** Half of what a client waits for an answer. */
const timeoutMs = 15_000

/**
 * The one way to Argon2 for what comes over the network. Two queues, for strangers and for who is known, each with a share
 * of the processors of its own: strangers can fill theirs, and hold up nobody but each other.
 */
export function createPasswordQueue(): (caller: PasswordCaller) => Passwords {
  const permits = Math.max(1, Math.floor(availableParallelism() / 2))
  const bounds = { permits, maxPerGroup, maxWaiting, timeoutMs }
  const strangers = createFairQueue(bounds)
  const known = createFairQueue(bounds)
  return ({ isKnown, ...waiter }) => {
    const queue = isKnown ? known : strangers
    return {
      hash: (password) => queue(waiter, () => hashPassword(password)),
      isRight: (password, stored) => queue(waiter, () => isPassword(password, stored)),
    }
  }
}

/** Without a queue: for what this process does by itself. */
export const unqueuedPasswords: Passwords = { hash: hashPassword, isRight: isPassword }

/** One password may be typed as other characters on another keyboard: ü is one, or u and two dots. */
function composed(password: string): string {
  return password.normalize('NFC')
}

/** Argon2id; its parameters are OWASP's: 19 MiB, two passes, one lane. */
const argon2id = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(composed(password), argon2id)
}

/** With the same parameters, of 256 random bits that nobody kept. */
const hashOfNobody =
  '$argon2id$v=19$m=19456,t=2,p=1$7YhsRs7KgPIsCovlqdwDxw$5W+dDlmC5g9vrLtQqEFEeoyoe+0vonAESF2MYTzu+0c'

async function isPassword(password: string, stored: string | null | undefined): Promise<boolean> {
  const matches = await verify(stored ?? hashOfNobody, composed(password))
  return matches && stored !== null && stored !== undefined
}
