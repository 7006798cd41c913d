import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { DeskError } from '../errors.ts'
import { networkOf } from './network-of.ts'

/**
 * Counts failures, and attempts under way until they are known to be none: whoever has the right password gets in, and
 * from another address always does.
 */
export interface SignInThrottle {
  guard<T>(account: string, address: string, attempt: () => Promise<T>): Promise<T>
}

const windowSeconds = 15 * 60
/** Per account from one address: enough for a person, too few for guessing. */
const failuresPerAccount = 10
/** Per address over all accounts: an office shares one address. */
const failuresPerAddress = 100

export function createSignInThrottle(): SignInThrottle {
  const perAccount = new RateLimiterMemory({ points: failuresPerAccount, duration: windowSeconds })
  const perAddress = new RateLimiterMemory({ points: failuresPerAddress, duration: windowSeconds })

  async function guard<T>(account: string, address: string, attempt: () => Promise<T>): Promise<T> {
    const network = networkOf(address)
    const key = `${network} ${account.trim().toLowerCase()}`
    // Paid for before it is tried and paid back if it was no failure: of many at once no more get through.
    await pay(perAddress, network)
    try {
      // Last, so that an address that has to wait is remembered for nothing else it tries.
      await pay(perAccount, key)
    } catch (thrown) {
      await perAddress.reward(network)
      throw thrown
    }
    try {
      const result = await attempt()
      await Promise.all([perAccount.delete(key), perAddress.reward(network)])
      return result
    } catch (thrown) {
      const failed = thrown instanceof DeskError && countsAsFailure.has(thrown.code)
      if (!failed) await Promise.all([perAccount.reward(key), perAddress.reward(network)])
      throw thrown
    }
  }
  return { guard }
}

const countsAsFailure = new Set([
  'session.refused',
  'password.wrong',
  // Of a change of password, asked again with another one.
  'idempotency.mismatch',
  'link.invalid',
])

async function pay(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (thrown) {
    if (!(thrown instanceof RateLimiterRes)) throw thrown
    throw new DeskError('session.throttled', { retryInMs: thrown.msBeforeNext })
  }
}
