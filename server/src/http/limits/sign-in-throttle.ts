import { DeskError } from '../../errors.ts'
import { budgets } from './budgets.ts'
import type { Budget, Limiter } from './limiter.ts'
import { siteOf } from '../../network/network-of.ts'

/** Counts failures, and attempts under way until they are known to be none: the right password is always tried. */
export interface SignInThrottle {
  /** For an e-mail address, and from where; `browser` is one that signed in as this account before. */
  guardSignIn<T>(from: SignInAttempt, attempt: () => Promise<T>): Promise<T>
  /** For someone signed in who is asked for their password. */
  guardSession<T>(sessionId: string, attempt: () => Promise<T>): Promise<T>
}

export interface SignInAttempt {
  account: string
  address: string | undefined
  browser: string | undefined
}

type Charge = readonly [budget: Budget, key: string]

export function createSignInThrottle(limiter: Limiter): SignInThrottle {
  /** Of many attempts at once no more get through: each is paid for before it is tried, and paid back if it was no failure. */
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
      // In this order: a network that has to wait is remembered for nothing else it tries.
      const charges = [
        [budgets.failuresOfNetwork, network],
        [budgets.guessesOfNetwork, `${network} ${account}`],
        [budgets.guessesOfAccount, account],
      ] as const
      return guard(charges, attempt)
    },
    guardSession: (sessionId, attempt) => guard([[budgets.failuresOfSession, sessionId]], attempt),
  }
}

/** Who gets in may mistype as often as before. What others share is only paid back: they may be guessing meanwhile. */
const forgivenBySuccess = new Set<Budget>([
  budgets.guessesOfNetwork,
  budgets.failuresOfBrowser,
  budgets.failuresOfSession,
])

const countsAsFailure = new Set([
  'session.refused',
  'password.wrong',
  // Of a change of password, asked again with another one.
  'idempotency.mismatch',
])
