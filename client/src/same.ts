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
