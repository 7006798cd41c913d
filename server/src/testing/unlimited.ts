import type { Limiter } from '../http/limits/limiter.ts'

/** For tests that make more calls than any person would. */
export const unlimited: Limiter = {
  take: async () => 0,
  giveBack: async () => {},
  reset: async () => {},
}
