import { RateLimiterMemory } from 'rate-limiter-flexible'
import { DeskError } from '../errors.ts'

/** Counts failures only, so whoever has the right password gets in, and from another address always does. */
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
    const key = `${address} ${account.trim().toLowerCase()}`
    await refuseSpent(perAccount, key)
    await refuseSpent(perAddress, address)
    try {
      const result = await attempt()
      await perAccount.delete(key)
      return result
    } catch (thrown) {
      if (thrown instanceof DeskError && countsAsFailure.has(thrown.code)) {
        await Promise.all([perAccount.penalty(key), perAddress.penalty(address)])
      }
      throw thrown
    }
  }
  return { guard }
}

const countsAsFailure = new Set(['session.refused', 'password.wrong', 'link.invalid'])

async function refuseSpent(limiter: RateLimiterMemory, key: string): Promise<void> {
  const spent = await limiter.get(key)
  if (spent === null || spent.consumedPoints < limiter.points) return
  throw new DeskError('session.throttled', { retryInMs: spent.msBeforeNext })
}
