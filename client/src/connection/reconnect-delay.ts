const quickMs = [1_000, 2_000, 4_000, 8_000, 16_000]
const longestMs = 30_000

/** Delay before the next attempt, in ms. It never gives up. */
export function reconnectDelay(attempts: number, random: () => number): number {
  // Full jitter: clients that lost their connections together must not reconnect together.
  return quickMs[attempts] ?? random() * longestMs
}
