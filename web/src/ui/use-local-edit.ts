import { useState } from 'react'

/** What a person has entered in place of a value that others may change meanwhile, until it is sent or dropped. */
interface LocalEdit<T> {
  value: T
  isEdited: boolean
  /** The value changed after the person began, and is neither what they began with nor what they entered. */
  isOutdated: boolean
  set: (to: T) => void
  /** Shows the value itself again. */
  drop: () => void
  /**
   * Drops what was entered while `save` sends it. If that fails, what was sent shows again, unless the person has entered
   * something else by now.
   */
  send: (sent: T, save: () => Promise<unknown>) => Promise<void>
}

export function useLocalEdit<T extends string>(value: T): LocalEdit<T> {
  const [edit, setEdit] = useState<{ to: T; over: T }>()
  return {
    value: edit?.to ?? value,
    isEdited: edit !== undefined && edit.to !== value,
    isOutdated: edit !== undefined && edit.over !== value && edit.to.trim() !== value,
    set: (to) => setEdit((before) => ({ to, over: before?.over ?? value })),
    drop: () => setEdit(undefined),
    async send(sent, save) {
      setEdit(undefined)
      try {
        await save()
      } catch (refusal) {
        setEdit((later) => later ?? { to: sent, over: value })
        throw refusal
      }
    },
  }
}
