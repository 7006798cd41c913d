/** Whether two lists hold identical values. */
export function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}

export function sameEntries<T extends object>(a: T, b: T): boolean {
  return sameItems(Object.values(a), Object.values(b))
}

export function sameMap<K, V>(a: ReadonlyMap<K, V>, b: ReadonlyMap<K, V>): boolean {
  return a.size === b.size && [...b].every(([key, value]) => a.has(key) && a.get(key) === value)
}

/** Whether two values have the same content. Other objects than plain ones and arrays are equal to themselves alone. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (!isPlain(a) || !isPlain(b) || Array.isArray(a) !== Array.isArray(b)) return false
  const entries = Object.entries(a)
  const others = b as Readonly<Record<string, unknown>>
  return (
    entries.length === Object.keys(b).length &&
    entries.every(([name, value]) => name in b && isEqual(value, others[name]))
  )
}

/** `after`, with the values of `before` where their content is the same. */
export function keepEqual<T extends object>(before: T, after: T): T {
  const kept = { ...after }
  for (const name of Object.keys(after) as (keyof T)[])
    if (isEqual(before[name], after[name])) kept[name] = before[name]
  return kept
}

/** Entries of other objects, such as a Map, are not their content. */
function isPlain(value: object): boolean {
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
}
