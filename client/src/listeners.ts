/** A set of handlers. A handler that throws is reported; the others still run. */
export function createListeners<A extends unknown[]>(report: (bug: unknown) => void) {
  const listeners = new Map<string, Set<(...args: A) => void>>()

  // Sets are replaced, so that handlers can add and remove handlers while being called.
  function remove(name: string, listener: (...args: A) => void): void {
    const left = new Set(listeners.get(name))
    left.delete(listener)
    listeners.set(name, left)
  }

  return {
    /** Returns the unsubscriber. */
    add(name: string, listener: (...args: A) => void): () => void {
      listeners.set(name, new Set(listeners.get(name)).add(listener))
      return () => remove(name, listener)
    },
    remove,
    call(name: string, ...args: A): void {
      for (const listener of listeners.get(name) ?? []) {
        try {
          listener(...args)
        } catch (thrown) {
          report(thrown)
        }
      }
    },
    clear: () => listeners.clear(),
  }
}

export type Listeners<A extends unknown[]> = ReturnType<typeof createListeners<A>>
