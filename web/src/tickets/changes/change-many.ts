/** As many changes at once as one person can send without slowing the server down. */
const atOnce = 6

/** Makes the same change to many items, continues after refusals, and says which items were changed. */
export async function changeMany<T>(
  many: readonly T[],
  change: (one: T) => Promise<void>,
): Promise<{ changed: T[]; error: unknown }> {
  const waiting = many.values()
  const changed = new Set<T>()
  let error: unknown
  async function work() {
    for (const one of waiting) {
      try {
        await change(one)
        changed.add(one)
      } catch (refusal) {
        error = refusal
      }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return { changed: many.filter((one) => changed.has(one)), error }
}
