import { draftKinds, isStaff } from '@deskbell/contract'
import type { DraftKind, DraftMessage, EarlierDraft, Role } from '@deskbell/contract'
import { ApiError } from '../api-error.ts'
import type { Core } from '../core.ts'
import { isEmpty } from './device-drafts.ts'
import { createDraftBases } from './draft-bases.ts'
import { hereText, isDirty, slot } from './draft-parts.ts'
import type { DraftParts } from './draft-parts.ts'
import { createDraftView } from './draft-view.ts'
import type { TicketDrafts } from './draft-view.ts'
import { createDrafts } from './drafts.ts'
import { createDraftMeeting } from './meet-drafts.ts'
import { createDraftSaving } from './save-drafts.ts'

export type { TicketDrafts } from './draft-view.ts'

/** What a person does with drafts that follow them to other devices. */
export interface SharedDrafts {
  /** Call it after each change of a ticket's draft on this device. It is saved on the server after a pause. */
  changed(ticketId: string): void
  /** The ticket's composer is on the screen: it gets what other devices wrote. Calls back after it did. Returns the end. */
  open(ticketId: string, onTaken: () => void): () => void
  /** Decides between two texts. The other one stays among the earlier drafts. */
  choose(ticketId: string, kind: DraftKind, which: 'here' | 'elsewhere'): Promise<void>
  /** The texts that were replaced or discarded, the newest first. */
  earlier(ticketId: string, kind: DraftKind): Promise<readonly EarlierDraft[]>
}

/** Keeps the drafts of this device and of the server the same, and loses neither when they differ. */
export interface DraftSync extends SharedDrafts {
  view(): ReadonlyMap<string, TicketDrafts>
  /** The connection is up. */
  greeted(): void
  receive(changed: DraftMessage['data']): void
  stop(): void
}

/** A message of one's own save comes before its reply: reading waits for it. */
const readAfterMs = 300

export function createDraftSync(core: Core, person: { id: string; role: Role }): DraftSync {
  const { environment, api } = core
  const { storage } = environment
  if (storage === undefined) return nowhere
  const local = createDrafts(storage, person.id)
  const bases = createDraftBases(storage, person.id)
  const kinds = draftKinds.filter((kind) => kind === 'reply' || isStaff(person.role))
  const view = createDraftView(local, bases, kinds, core.changed)
  const parts: DraftParts = { api, environment, local, bases, kinds, view, opened: new Map() }
  const saving = createDraftSaving(parts, (other) => meeting.meet(other))
  const meeting = createDraftMeeting(parts, saving.soon)
  const heard = new Map<string, () => void>()

  /** A later message, or the next connection, brings what a failed read does not. */
  function inBackground(work: Promise<void>): void {
    work.catch((thrown: unknown) => {
      if (!(thrown instanceof ApiError)) environment.report(thrown)
    })
  }

  async function begin(): Promise<void> {
    await meeting.readAll()
    for (const ticketId of view.tickets()) await saving.saveAll(ticketId)
  }

  const stopHearing = [
    environment.onHide(saving.flush),
    environment.onStorage((key) => {
      const [, what, id, ticketId = ''] = key?.split('.') ?? []
      if ((what === 'draft' || what === 'draftBase') && id === person.id) view.refresh(ticketId)
    }),
  ]

  return {
    view: view.value,
    changed(ticketId) {
      view.refresh(ticketId)
      for (const kind of kinds) {
        const other = view.differing(ticketId, kind)
        if (other !== undefined && isEmpty(hereText(parts, ticketId, kind))) meeting.meet(other)
      }
      if (kinds.some((kind) => isDirty(parts, ticketId, kind))) saving.soon(ticketId)
    },
    open: meeting.open,
    choose: saving.choose,
    async earlier(ticketId, kind) {
      const { earlier } = await api.call('earlierDrafts', { params: { id: ticketId, kind } })
      return earlier
    },
    greeted: () => inBackground(begin()),
    receive({ ticketId, kind, rev }) {
      const key = slot(ticketId, kind)
      heard.get(key)?.()
      const end = environment.after(readAfterMs, () => {
        heard.delete(key)
        if ((bases.get(ticketId, kind)?.rev ?? 0) < rev) inBackground(meeting.read(ticketId))
        else view.forget(ticketId, kind)
      })
      heard.set(key, end)
    },
    stop() {
      saving.stop()
      for (const end of [...heard.values(), ...stopHearing]) end()
    },
  }
}

const nobody: ReadonlyMap<string, TicketDrafts> = new Map()
const nowhere: DraftSync = {
  view: () => nobody,
  changed: () => undefined,
  open: () => () => undefined,
  choose: async () => undefined,
  earlier: async () => [],
  greeted: () => undefined,
  receive: () => undefined,
  stop: () => undefined,
}
