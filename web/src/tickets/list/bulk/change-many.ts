/** As many changes at once as one person can send without slowing the server down. */
const atOnce = 6

/** Makes the same change to many items, continues after refusals, and says how many there were. */
export async function changeMany<T>(
  many: readonly T[],
  change: (one: T) => Promise<void>,
): Promise<{ failed: number; error: unknown }> {
  const waiting = many.values()
  let failed = 0
  let error: unknown
  async function work() {
    for (const one of waiting) {
      try {
        await change(one)
      } catch (refusal) {
        failed += 1
        error = refusal
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return { failed, error }
}
