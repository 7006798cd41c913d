import { createHash, randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { createFairQueue } from './fair-queue.ts'

/** A token of 160 bits, for cookies and links. Only its hash is stored. */
export function newToken(): string {
  return randomBytes(20).toString('base64url')
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** Hashes and compares passwords for one caller. Both cost tens of milliseconds of CPU time and 19 MiB. */
export interface Passwords {
  hash(password: string): Promise<string>
  /** Takes equally long if the person does not exist or has no password yet. */
  isRight(password: string, stored: string | null | undefined): Promise<boolean>
}

/** The caller, as far as it is known without the database, so that a refusal costs nothing. */
export interface PasswordCaller {
  /**
   * The caller is signed in, has a valid link, or uses a browser that signed in before. Strangers never delay such
   * callers.
   */
  isKnown: boolean
  /** Groups take turns: a stranger's group is the network; a known caller's is the account, the person or the link. */
  group: string
  /** Aborts when the caller disconnects: it then leaves the queue. */
  gone?: AbortSignal
}

/** Enough for an office that signs in at nine from one address. */
const maxPerGroup = 100
const maxWaiting = 400
/** Half of the time that a client waits for a reply. */
const timeoutMs = 15_000

/**
 * Queues all Argon2 work for requests. Strangers and known callers have separate queues, each with its own share of the
 * processors: strangers can fill their queue, and delay only each other.
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

/** Passwords without a queue, for work that no request asks for. */
export const unqueuedPasswords: Passwords = { hash: hashPassword, isRight: isPassword }

/** Keyboards write one password with different characters: ü is one character, or u with two combining dots. */
function composed(password: string): string {
  return password.normalize('NFC')
}

/** Argon2id with OWASP's parameters: 19 MiB, two passes, one lane. */
const argon2id = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export function hashPassword(password: string): Promise<string> {
  return hash(composed(password), argon2id)
}

/** A hash with the same parameters, of 256 random bits that were not kept. */
const hashOfNobody =
  '$argon2id$v=19$m=19456,t=2,p=1$7YhsRs7KgPIsCovlqdwDxw$5W+dDlmC5g9vrLtQqEFEeoyoe+0vonAESF2MYTzu+0c'

async function isPassword(password: string, stored: string | null | undefined): Promise<boolean> {
  const matches = await verify(stored ?? hashOfNobody, composed(password))
  return matches && stored !== null && stored !== undefined
}
