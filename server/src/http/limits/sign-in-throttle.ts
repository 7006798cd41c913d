import { DeskError } from '../../errors.ts'
import type { Passwords } from '../../people/secrets.ts'
import { budgets } from './budgets.ts'
import { spend } from './limiter.ts'
import type { Budget, Limiter } from './limiter.ts'
import { siteOf } from '../../network/network-of.ts'

/**
 * Limits failed attempts at passwords. An attempt counts as failed until its result is known; a right password costs
 * nothing.
 */
export interface SignInThrottle {
  /** For a sign-in. `browser`: the id of a browser that signed in to this account before. */
  guardSignIn<T>(from: SignInAttempt, attempt: () => Promise<T>): Promise<T>
  /** For a person who is signed in and is asked for their password. */
  guardSession<T>(sessionId: string, attempt: () => Promise<T>): Promise<T>
  /** Charges each right password to its account: only the owner can use this budget up. */
  countRight(passwords: Passwords, account: string): Passwords
}

export interface SignInAttempt {
  account: string
  address: string | undefined
  browser: string | undefined
}

type Charge = readonly [budget: Budget, key: string]

export function createSignInThrottle(limiter: Limiter): SignInThrottle {
  /**
   * Each attempt is charged before it runs and refunded if it did not fail, so that many attempts at once cannot exceed
   * the limit.
   */
  async function guard<T>(charges: readonly Charge[], attempt: () => Promise<T>): Promise<T> {
    await pay(charges)
    try {
      const result = await attempt()
      for (const charge of charges) {
        if (forgivenBySuccess.has(charge[0])) await limiter.reset(...charge)
        else await limiter.giveBack(...charge)
      }
      return result
    } catch (thrown) {
      const failed = thrown instanceof DeskError && countsAsFailure.has(thrown.code)
      if (!failed) await payBack(charges)
      throw thrown
    }
  }

  async function pay(charges: readonly Charge[]): Promise<void> {
    for (const [index, charge] of charges.entries()) {
      const retryInMs = await limiter.take(...charge)
      if (retryInMs === 0) continue
      await payBack(charges.slice(0, index))
      throw new DeskError('session.throttled', { retryInMs })
    }
  }

  async function payBack(charges: readonly Charge[]): Promise<void> {
    for (const charge of charges) await limiter.giveBack(...charge)
  }

  return {
    guardSignIn({ account, address, browser }, attempt) {
      if (browser !== undefined) return guard([[budgets.failuresOfBrowser, browser]], attempt)
      const network = siteOf(address)
      // The order matters: once the first budget of a network is used up, its further attempts are not counted anywhere
      // else.
      const charges = [
        [budgets.failuresOfNetwork, network],
        [budgets.guessesOfNetwork, `${network} ${account}`],
        [budgets.guessesOfAccount, account],
      ] as const
      return guard(charges, attempt)
    },
    guardSession: (sessionId, attempt) => guard([[budgets.failuresOfSession, sessionId]], attempt),
    countRight: (passwords, account) => ({
      ...passwords,
      async isRight(password, stored) {
        const isRight = await passwords.isRight(password, stored)
        if (isRight) await spend(limiter, budgets.signIns, account)
        return isRight
      },
    }),
  }
}

/**
 * Budgets that a success resets: the person may mistype as often as before. Shared budgets are only refunded, because
 * other people may be guessing at the same time.
 */
const forgivenBySuccess = new Set<Budget>([
  budgets.guessesOfNetwork,
  budgets.failuresOfBrowser,
  budgets.failuresOfSession,
])

const countsAsFailure = new Set([
  'session.refused',
  'password.wrong',
  // Returned when a password change is repeated under its key with another password.
  'idempotency.mismatch',
])
