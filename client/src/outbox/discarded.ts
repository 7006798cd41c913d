/** The entries of a person that must not be sent although the device still stores them: it may fail to remove one. */
export function createDiscarded(storage: Storage | undefined, personId: string) {
  const prefix = `deskbell.discarded.${personId}.`

  return {
    add(id: string): void {
      try {
        storage?.setItem(prefix + id, '')
      } catch {
        // This tab remembers it; a later one does if the entry can be removed.
      }
    },
    has: (id: string) => (storage?.getItem(prefix + id) ?? null) !== null,
    /** The device does not store the entry any more, or it is made anew. */
    removed: (id: string) => storage?.removeItem(prefix + id),
  }
}
