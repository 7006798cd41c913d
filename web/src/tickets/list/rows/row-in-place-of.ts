/**
 * The row that took the place of one that left: the next of those below it that stay, or else the last one above it.
 * Undefined when none stays.
 */
export function rowInPlaceOf(
  left: string,
  before: readonly string[],
  now: ReadonlySet<string>,
): string | undefined {
  const at = before.indexOf(left)
  const stays = (id: string) => now.has(id)
  return before.slice(at + 1).find(stays) ?? before.slice(0, Math.max(at, 0)).findLast(stays)
}
