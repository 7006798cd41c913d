/** Tells its listeners in this process that something happened. */
export interface Signal {
  emit(): void
  /** Returns the unsubscriber. */
  on(listener: () => void): () => void
}

export function createSignal(): Signal {
  const listeners = new Set<() => void>()
  return {
    emit() {
      for (const listener of listeners) listener()
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
