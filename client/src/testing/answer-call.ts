import type { Priority, Status, Tag } from '@deskbell/contract'
import type { Reader } from './simulated-log.ts'
import type { SimulatedServer } from './simulated-server.ts'

interface Asked {
  method: string
  path: string
  query: Record<string, string>
  body: Record<string, unknown>
  key: string | undefined
  /** Done before under the same key: only answered. */
  isRepeated: boolean
  pageSize: number
}

interface Answer {
  status: number
  body: unknown
}

const notFound: Answer = {
  status: 404,
  body: { code: 'not.found', message: 'There is nothing here.' },
}

/** What the server answers, after doing what it is asked to. */
export function answerCall(server: SimulatedServer, reader: Reader, asked: Asked): Answer {
  return asked.method === 'GET'
    ? answerRead(server, reader, asked)
    : answerChange(server, reader, asked)
}

function answerRead(
  server: SimulatedServer,
  reader: Reader,
  { path, query, pageSize }: Asked,
): Answer {
  switch (path) {
    case '/api/session':
      return ok({
        me: server.me(reader.id),
        expiresAt: '2027-01-01T00:00:00.000Z',
        maxUploadBytes: 1_000_000,
      })
    case '/api/me':
      return ok({ ...server.head, me: server.me(reader.id) })
    case '/api/counters':
      return ok(server.readCounters(reader))
    case '/api/tags':
      return ok(server.readTags(reader))
    case '/api/settings':
      return ok(server.readSettings())
    case '/api/people':
      return ok(server.readPeople())
    case '/api/notifications':
      return ok(server.readNotifications(reader, query, pageSize))
    case '/api/notifications/count':
      return ok(server.readNotificationCount(reader, pageSize))
    case '/api/tickets':
      return ok(server.readList(reader, query, pageSize))
    default: {
      const found = readOfTicket(server, reader, path, query, pageSize)
      return found === undefined ? notFound : ok(found)
    }
  }
}

function readOfTicket(
  server: SimulatedServer,
  reader: Reader,
  path: string,
  query: Record<string, string>,
  pageSize: number,
) {
  const [, , , ref = '', what] = path.split('/')
  switch (what) {
    case 'timeline':
      return server.readTimeline(reader, ref, query, pageSize)
    case 'attachments':
      return server.readFiles(reader, ref, query['after'], pageSize)
    default:
      return server.readTicket(reader, ref, pageSize)
  }
}

function answerChange(server: SimulatedServer, reader: Reader, asked: Asked): Answer {
  const { method, path, body, key, isRepeated } = asked
  const [, , kind, id = '', what, other = ''] = path.split('/')
  const me = reader.id
  if (kind === 'me') {
    if (!isRepeated)
      server.editMe(me, { ...body, ...(body['settings'] as object | undefined) }, key)
    return ok({ ...server.head, me: server.me(me) })
  }
  if (kind === 'tags') return answerTagChange(server, me, asked)
  if (kind === 'settings') {
    if (!isRepeated) server.editSettings(me, body, key)
    return ok(server.readSettings())
  }
  if (kind === 'notifications' && id === 'done') {
    if (!isRepeated) server.finishNotifications(me, Number(body['upTo']), key)
    return ok(server.readDoneUpTo(reader))
  }
  if (kind === 'notifications') {
    if (server.readNotification(reader, id).notification === undefined) return notFound
    if (!isRepeated) server.editNotification(me, id, body, key)
    return ok(server.readNotification(reader, id))
  }
  if (kind === 'tickets' && id === '') {
    if (!isRepeated) server.create(me, body as { id: string; title: string }, key)
    const made = server.readTicket(reader, String(body['id']), 1)
    return made === undefined ? notFound : ok({ ticket: made.ticket, ...server.head })
  }
  const ticket =
    kind === 'tickets' ? server.visible(reader).find((one) => one.id === id) : undefined
  if (ticket === undefined) return notFound
  const added = what === 'tags' ? ((body['add'] ?? []) as string[]) : []
  if (added.some((tagId) => !server.tags.some((tag) => tag.id === tagId))) return notFound
  if (!isRepeated) doChange(server, me, id, `${method} ${what ?? ''}`, { ...body, other }, key)
  if (what === 'seen') return ok({ ...server.head, seen: server.seen(me, id) })
  const comment = ticket.comments.find((one) => one.id === body['id'])
  const item = server.readItem(reader, id)
  return ok({ ...item, ...(what === 'comments' && { comment }) })
}

function answerTagChange(
  server: SimulatedServer,
  me: string,
  { method, path, body, key, isRepeated }: Asked,
): Answer {
  const [, , , id = '', what] = path.split('/')
  if (id === '') {
    const tag: Tag = { ...(body as unknown as Tag), archived: false, mergedInto: null, used: false }
    if (!isRepeated) server.saveTag(me, tag, key)
    return ok({ ...server.head, item: tag })
  }
  const find = (wanted: unknown) => server.tags.find((tag) => tag.id === wanted)
  const tag = find(id)
  if (!isRepeated) {
    if (tag === undefined || tag.mergedInto !== null) return notFound
    const named = find(body['into'])
    const into = find(named?.mergedInto) ?? named
    if (method === 'DELETE') server.deleteTag(me, id, key)
    else if (what !== 'merge') server.editTag(me, tag, body, key)
    else if (into === undefined || into === tag || into.internal !== tag.internal) return notFound
    else server.saveTag(me, { ...tag, mergedInto: into.id }, key)
  }
  return ok({ ...server.head, item: find(id) ?? null })
}

function doChange(
  server: SimulatedServer,
  me: string,
  id: string,
  what: string,
  body: Record<string, unknown>,
  key: string | undefined,
): void {
  switch (what) {
    case 'PATCH ':
      return server.edit(me, id, body, key)
    case 'PUT status':
      return server.changeStatus(me, id, body['status'] as Status, key)
    case 'PUT priority':
      return server.changePriority(me, id, body['priority'] as Priority, key)
    case 'PUT tags':
      return server.setTags(me, id, body, key)
    case 'PUT seen':
      return server.markSeen(me, id, Number(body['seq']), key)
    case 'PUT watchers':
      return server.watch(me, id, String(body['other']), key)
    case 'DELETE watchers':
      return server.unwatch(me, id, String(body['other']), key)
    case 'POST comments':
      return void server.comment(
        me,
        id,
        { internal: false, ...body } as { body: string; internal: boolean },
        key,
      )
    default:
      throw new Error(`The simulated server cannot do ${what}.`)
  }
}

function ok(body: unknown): Answer {
  return { status: 200, body }
}
