import { z } from 'zod'
import { draftEvents, SavedDraft } from './drafts.ts'
import type { DraftEventName } from './drafts.ts'
import { events, HandshakeAuth, Meta, Position, syncEvents } from './events.ts'
import type { EventName, SyncName } from './events.ts'
import { Notification } from './notifications.ts'
import { Account, Id, PersonRef, Seq, Settings, Time } from './people.ts'
import { clientEvents, presenceEvents, PresentPerson, TicketPresence } from './presence.ts'
import type { ClientEventName, PresenceName } from './presence.ts'
import { Tag } from './tags.ts'
import { Attachment, Changes, Comment, FilterFields, Ticket, TicketRow } from './tickets.ts'

type MessageName = EventName | SyncName | PresenceName | DraftEventName | ClientEventName

/** For every message: when it is sent, and to whom. */
const descriptions: Record<MessageName, string> = {
  'ticket:created': 'A new ticket. To staff and its creator.',
  'ticket:updated':
    'Fields, watchers or tags changed. To creator, watchers and staff; internal tags to staff.',
  'ticket:statusChanged': 'A ticket moved to another status. To creator, watchers and staff.',
  'ticket:priorityChanged': 'The priority of a ticket changed. To creator, watchers and staff.',
  'ticket:commentAdded':
    'A reply, or an internal note. To creator, watchers and staff; notes to staff.',
  'ticket:commentEdited': 'A comment was corrected. To those who may read it.',
  'ticket:commentDeleted': 'A comment was removed, its text with it. To those who could read it.',
  'ticket:attachmentAdded':
    'A file was stored. To those who may read the comment or ticket it is on.',
  'ticket:attachmentDeleted': 'A file was removed. To those who could read it.',
  'ticket:urgent':
    'A ticket is urgent now. To everyone else: its number and priority, nothing more.',
  'ticket:seen': 'How far this person has seen a ticket. To the person.',
  'ticket:looked':
    'The first of the staff looked at an active ticket since it last asked for them. To staff; nobody learns who it was.',
  'notification:changed':
    'This person did something with their notifications on a device, or a snooze ended. To the person. What is new, and what ' +
    'was read, follows from `meta.reason` and ticket:seen.',
  'access:gained': 'This person may see the ticket from now on; fetch it. To the person.',
  'access:lost': 'This person may not see the ticket any more; forget it. To the person.',
  'session:ended': 'Sessions of this person ended; their sockets are closed. To the person.',
  'tag:changed':
    'A tag was made, renamed, coloured, archived, restored, merged or `deleted`; what stood for it then stands for ' +
    '`mergedInto`. To everyone; an internal tag, and that a tag is `used`, to staff.',
  'person:changed':
    'A name changed, or whether someone can be assigned. To staff and who meets them on tickets; ' +
    '`assignedActive` to staff.',
  'person:accountChanged': 'Someone was invited or their account changed. To super admins.',
  'person:settingsChanged': 'This person changed their own settings. To the person.',
  'settings:changed': 'A setting of the whole desk changed. To super admins.',
  'sync:ready': 'First on every connection: where the stream begins, and whose it is.',
  'sync:position': 'Nothing for this socket between `after` and `seq`.',
  'sync:restarting': 'The server is going away; come back after `retryInMs`.',
  'sync:unavailable': 'The server cannot confirm the log and closes this socket.',
  'sync:refused': 'A message of yours was refused.',
  'presence:state':
    'Who has a ticket open now, for tickets on your screen. People who are not staff see no names of staff, and no notes.',
  'draft:changed':
    'This person wrote, sent or discarded something on a device; read it. To the person.',
  'presence:looks':
    'Who has looked at the ticket that is open. Staff see who has seen it how far, unless they switched that off; others when ' +
    'the team first looked.',
  'presence:update':
    'The whole state of a tab: what is open and on its screen. Send it when it changes, at most four times a second, ' +
    'and again every `timings.repeatMs` of sync:ready.',
}

const eventNames = Object.keys(events)
const syncNames = Object.keys(syncEvents)
const presenceNames = Object.keys(presenceEvents)
const draftNames = Object.keys(draftEvents)
const clientNames = Object.keys(clientEvents)

const info = {
  title: 'Deskbell, live',
  version: '1',
  description:
    'Every change to a ticket, as Socket.IO events. Durable events are emitted as (data, meta), ' +
    'messages about the stream itself as (data). docs/realtime.md has the rules a client keeps.',
  license: { name: 'MIT' },
}

/** The AsyncAPI 3.0 document of the socket of the server at `serverUrl`. */
export function asyncApi(serverUrl: string): object {
  const { host, protocol } = new URL(serverUrl)
  const names = [...eventNames, ...syncNames, ...presenceNames, ...draftNames, ...clientNames]
  return {
    asyncapi: '3.0.0',
    info,
    defaultContentType: 'application/json',
    servers: {
      deskbell: {
        host,
        protocol: protocol === 'https:' ? 'wss' : 'ws',
        pathname: '/socket.io/',
        description: 'Socket.IO 4 over WebSocket, or HTTP long polling where that is blocked.',
        security: [{ $ref: '#/components/securitySchemes/session' }],
      },
    },
    channels: { desk: channel(names) },
    operations: {
      tellChanges: operation('Tell what changed, in the order of the log.', eventNames),
      tellStream: operation('Tell where the stream stands.', syncNames),
      tellPresence: operation('Tell who is here now.', presenceNames),
      tellDrafts: operation('Tell people what they write on other devices.', draftNames),
      hearPresence: operation('Hear what is on the screen of a client.', clientNames, 'receive'),
    },
    components: {
      messages: Object.fromEntries(names.map((name) => [key(name), message(name)])),
      schemas: schemas(),
      securitySchemes: {
        session: {
          type: 'httpApiKey',
          in: 'cookie',
          name: protocol === 'https:' ? '__Host-deskbell' : 'deskbell',
          description: 'The session cookie which POST /api/session sets.',
        },
      },
    },
  }
}

function channel(names: readonly string[]) {
  return {
    address: '/',
    title: 'The desk',
    description:
      "Socket.IO's default namespace. The handshake's `auth` may carry `cursor`, the last position " +
      'applied, to resume from there.',
    messages: Object.fromEntries(
      names.map((name) => [key(name), { $ref: `#/components/messages/${key(name)}` }]),
    ),
    'x-handshake-auth': { $ref: reference('HandshakeAuth') },
  }
}

function operation(summary: string, names: readonly string[], action = 'send') {
  return {
    action,
    summary,
    channel: { $ref: '#/channels/desk' },
    messages: names.map((name) => ({ $ref: `#/channels/desk/messages/${key(name)}` })),
  }
}

function message(name: string) {
  const parts = [name, ...(name in events ? ['Meta'] : [])]
  return {
    name,
    title: name,
    summary: descriptions[name as MessageName],
    payload: {
      type: 'array',
      items: parts.map((part) => ({ $ref: reference(part) })),
      minItems: parts.length,
      maxItems: parts.length,
    },
  }
}

/** A component's name may not contain a colon. */
function key(name: string): string {
  return name.replace(':', '.')
}

function reference(name: string): string {
  return `#/components/schemas/${key(name)}`
}

function schemas() {
  const named = z.registry<{ id: string }>()
  const shared = {
    Id,
    Time,
    Seq,
    Position,
    HandshakeAuth,
    Meta,
    PersonRef,
    Account,
    Settings,
    TicketRow,
    Ticket,
    FilterFields,
    Comment,
    Attachment,
    Changes,
    Tag,
    Notification,
    PresentPerson,
    TicketPresence,
    SavedDraft,
  }
  const messages = { ...events, ...syncEvents, ...presenceEvents, ...draftEvents, ...clientEvents }
  for (const [name, schema] of Object.entries({ ...shared, ...messages })) {
    named.add(schema, { id: name })
  }
  // AsyncAPI's schemas are a superset of JSON Schema draft 7.
  const made = z.toJSONSchema(named, { target: 'draft-7', uri: reference })
  return Object.fromEntries(
    Object.entries(made.schemas).map(([name, { $id: _id, $schema: _dialect, ...schema }]) => [
      key(name),
      schema,
    ]),
  )
}
