const quickMs = [1_000, 2_000, 4_000, 8_000, 16_000]
const longestMs = 30_000

/** How long to wait before trying again, after so many attempts in vain. Never gives up. */
export function reconnectDelay(attempts: number, random: () => number): number {
  // Full jitter: whoever was cut off together must not come back together.
  return quickMs[attempts] ?? random() * longestMs
}
