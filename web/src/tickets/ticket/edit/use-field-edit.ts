import { ApiError } from '@deskbell/client'
import { useRef, useState } from 'react'
import { sayError } from '../../../ui/say-error.ts'
import type { KeptEdit, KeptEditPlace } from './kept-edit.ts'

interface Theirs {
  value: string
  version: number
}

export interface FieldEdit {
  editing: boolean
  /** The edit is from an earlier visit: the person did not open it now. */
  restored: boolean
  text: string
  saving: boolean
  /** A sentence that says why the last try was refused. */
  problem: string | undefined
  /** The other person's value, when someone changed the field meanwhile. */
  theirs: string | undefined
  begin(): void
  change(text: string): void
  cancel(): void
  save(): Promise<void>
  /** Saves over the other person's value. */
  keepMine(): Promise<void>
}

/**
 * One text of a ticket, edited in place, and kept on this device until it is saved or discarded. A change by someone
 * else shows as soon as it is known: by its event, or at the latest by the server's refusal.
 */
export function useFieldEdit(
  place: KeptEditPlace,
  current: string,
  version: number,
  send: (text: string, version: number) => Promise<void>,
): FieldEdit {
  const [editing, setEditing] = useState(() => unlessDone(place.get(), current))
  const [restored, setRestored] = useState(editing !== undefined)
  const [refused, setRefused] = useState<Theirs>()
  const [problem, setProblem] = useState<string>()
  const [saving, setSaving] = useState(false)
  const underWay = useRef(false)
  const changedLive = editing !== undefined && !saving && current !== editing.base
  const theirs = refused ?? (changedLive ? { value: current, version } : undefined)

  function finish() {
    place.clear()
    setEditing(undefined)
    setRefused(undefined)
    setProblem(undefined)
  }

  async function submit(text: string, based: number) {
    if (underWay.current) return
    underWay.current = true
    setSaving(true)
    setProblem(undefined)
    try {
      await send(text, based)
      finish()
    } catch (error) {
      const other = otherValue(error)
      if (other) setRefused(other)
      else setProblem(`Not saved: ${sayError(error)} Your text is still here.`)
    } finally {
      underWay.current = false
      setSaving(false)
    }
  }

  return {
    editing: editing !== undefined,
    restored,
    text: editing?.text ?? current,
    saving,
    problem,
    theirs: theirs?.value,
    begin: () => {
      setRestored(false)
      setEditing({ text: current, base: current, version })
    },
    change: (text) => {
      if (editing === undefined) return
      place.set({ ...editing, text })
      setEditing({ ...editing, text })
    },
    cancel: finish,
    save: async () => {
      if (editing === undefined || theirs !== undefined) return
      if (editing.text === editing.base) finish()
      else await submit(editing.text, editing.version)
    },
    keepMine: async () => {
      if (editing === undefined || theirs === undefined) return
      const based = Math.max(theirs.version, version)
      setEditing({ ...editing, base: theirs.value, version: based })
      setRefused(undefined)
      await submit(editing.text, based)
    },
  }
}

/** An edit that equals the current value was saved, though its reply was not received, and is no edit any more. */
function unlessDone(kept: KeptEdit | undefined, current: string): KeptEdit | undefined {
  return kept?.text === current ? undefined : kept
}

/** The value and version in the refusal of a changed field. */
function otherValue(error: unknown): Theirs | undefined {
  if (!(error instanceof ApiError) || error.code !== 'ticket.changed') return undefined
  const { details } = error
  if (typeof details !== 'object' || details === null || !('current' in details)) return undefined
  const version = 'ticket' in details ? versionOf(details.ticket) : 0
  return typeof details.current === 'string' ? { value: details.current, version } : undefined
}

function versionOf(ticket: unknown): number {
  if (typeof ticket !== 'object' || ticket === null || !('version' in ticket)) return 0
  return typeof ticket.version === 'number' ? ticket.version : 0
}
