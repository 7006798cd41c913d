import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { v7 as uuidv7 } from 'uuid'
import { serverContext } from '../audit/audit-context.ts'
import type { Db } from '../database/types.ts'
import type { ChangeRequest } from '../log/change.ts'
import type { FileStore } from '../files/file-store.ts'
import { receiveFile } from '../files/receive-file.ts'
import type { PersonActor } from '../access/actor.ts'
import { addComment } from '../tickets/changes/add-comment.ts'
import { attach } from '../tickets/changes/attach.ts'
import { changePriority } from '../tickets/changes/change-priority.ts'
import { changeStatus } from '../tickets/changes/change-status.ts'
import { createTicket } from '../tickets/changes/create-ticket.ts'
import { editTicket } from '../tickets/changes/edit-ticket.ts'
import { setTags } from '../tickets/changes/set-tags.ts'
import { watch } from '../tickets/changes/watch.ts'
import type { Employee } from './company.ts'
import { fileContent } from './files.ts'
import type { DemoTag } from './make-tags.ts'
import type { Act } from './plan.ts'
import type { Random } from './random.ts'
import type { SetBackClock } from './set-back-clock.ts'

export interface Stage {
  db: Db
  clock: SetBackClock
  files: FileStore
  random: Random
  actorOf(employee: Employee): PersonActor
  /** The ids of the tags. */
  tags: Record<DemoTag, string>
  /** The tickets created so far, by their number in the plan. */
  tickets: Map<number, { id: string; title: string }>
}

/** Performs an act of the plan with the same changes that people make. */
export async function perform(stage: Stage, act: Act): Promise<void> {
  await stage.clock.set(act.at)
  const { db } = stage
  if (act.kind === 'create') return create(stage, act)
  const { id, title } = ticketOf(stage, act)
  switch (act.kind) {
    case 'assign':
      await editTicket(db, changeRequestOf(stage, act.by), id, {
        assigneeId: stage.actorOf(act.to).id,
      })
      return
    case 'tag':
      await setTags(db, changeRequestOf(stage, act.by), id, {
        add: act.add.map((tag) => stage.tags[tag]),
      })
      return
    case 'watch':
      await watch(db, changeRequestOf(stage, act.by), id, stage.actorOf(act.person).id)
      return
    case 'move':
      await changeStatus(db, changeRequestOf(stage, act.by), id, act.to)
      return
    case 'raise':
      await changePriority(db, changeRequestOf(stage, act.by), id, act.to)
      return
    case 'say': {
      const { internal, text: body } = act
      const attachmentIds: string[] = []
      for (const name of act.files) {
        attachmentIds.push(await attachFile(stage, act.by, id, name, title, internal, true))
      }
      const comment = { id: uuidv7({ msecs: act.at }), body, internal, attachmentIds }
      await addComment(db, changeRequestOf(stage, act.by), id, comment)
    }
  }
}

async function create(stage: Stage, act: Extract<Act, { kind: 'create' }>): Promise<void> {
  const { title, body: description, priority } = act
  const id = uuidv7({ msecs: act.at })
  await createTicket(stage.db, changeRequestOf(stage, act.by), { id, title, description, priority })
  stage.tickets.set(act.ticket, { id, title })
  for (const name of act.files) await attachFile(stage, act.by, id, name, title, false, false)
}

const noQuotas = { perPerson: Infinity, total: Infinity }

async function attachFile(
  stage: Stage,
  by: Employee,
  ticketId: string,
  name: string,
  about: string,
  internal: boolean,
  draft: boolean,
): Promise<string> {
  const content = fileContent(stage.random, name, about)
  const received = await receiveFile(stage.files, Readable.from([content]), name)
  await attach(
    stage.db,
    changeRequestOf(stage, by),
    ticketId,
    { ...received, internal, draft },
    noQuotas,
  )
  return received.id
}

function ticketOf(stage: Stage, act: Act): { id: string; title: string } {
  const ticket = stage.tickets.get(act.ticket)
  if (ticket === undefined) throw new Error('a ticket is created before anything happens to it')
  return ticket
}

function changeRequestOf(stage: Stage, by: Employee): ChangeRequest {
  return demoRequest(stage.actorOf(by))
}

export function demoRequest(actor: PersonActor): ChangeRequest {
  return { actor, key: randomUUID(), fingerprint: 'demo', audit: serverContext }
}
