import specification from '@asyncapi/specs/schemas/3.0.0-without-$id.json' with { type: 'json' }
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { asyncApi } from './asyncapi.ts'
import { draftEvents } from './drafts.ts'
import { events, syncEvents } from './events.ts'
import { clientEvents, presenceEvents } from './presence.ts'

const messages = { ...events, ...syncEvents, ...presenceEvents, ...draftEvents, ...clientEvents }
const names = Object.keys(messages)

/** This test does not check formats: the specification of AsyncAPI asserts none that matter here. */
const lenient = { strict: false, validateFormats: false }

test('the document is AsyncAPI 3.0 by the specification’s own schema', () => {
  const valid = new Ajv(lenient).compile(specification)
  valid(asyncApi('https://desk.example.org'))
  expect(valid.errors).toBeNull()
})

test('every event is a message of the channel and of one operation', () => {
  const { channels, operations } = parsed('http://localhost:3000')
  const messages = Object.values(channels.desk.messages).map(({ $ref }) => $ref)
  expect(messages).toHaveLength(names.length)
  expect(Object.values(operations).flatMap((operation) => operation.messages)).toHaveLength(
    names.length,
  )
})

test('every reference leads somewhere', () => {
  const document = parsed('http://localhost:3000')
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
    ([, path]) => path ?? '',
  )
  expect(references.length).toBeGreaterThan(names.length)
  expect(references.filter((path) => find(document, path) === undefined)).toEqual([])
})

test('the payload of a durable event is its data and its meta, that of a sync event its data alone', () => {
  expect(accepts('sync:position', [{ seq: 8, tag: 'b', after: 7 }])).toBe(true)
  expect(accepts('sync:position', [{ seq: 8, tag: 'b', after: 7 }, meta])).toBe(false)
  expect(accepts('ticket:seen', [{ ticketId: id, seen: 7 }, meta])).toBe(true)
  expect(accepts('ticket:seen', [{ ticketId: id, seen: 7 }])).toBe(false)
  expect(accepts('ticket:seen', [{ ticketId: id, seen: -1 }, meta])).toBe(false)
  expect(accepts('ticket:seen', [{ ticketId: id, seen: 7, more: 1 }, meta])).toBe(false)
})

test('an https server is reached by wss and its cookie bears the __Host- prefix', () => {
  const { servers, components } = parsed('https://desk.example.org')
  expect(servers.deskbell).toMatchObject({ host: 'desk.example.org', protocol: 'wss' })
  expect(components.securitySchemes.session.name).toMatch(/^__Host-/)
})

const id = '01980f5e-8a4d-7cc2-9b8e-0f1e2d3c4b5a'
const meta = {
  seq: 8,
  tag: 'b',
  after: 7,
  version: null,
  actor: null,
  at: '2026-11-22T10:42:00.000Z',
}

interface Document {
  servers: { deskbell: { host: string; protocol: string } }
  channels: { desk: { messages: Record<string, { $ref: string }> } }
  operations: Record<string, { messages: { $ref: string }[] }>
  components: { securitySchemes: { session: { name: string } } }
}

function parsed(serverUrl: string): Document {
  return JSON.parse(JSON.stringify(asyncApi(serverUrl)))
}

function find(document: Document, path: string): unknown {
  return path
    .split('/')
    .reduce<unknown>(
      (found, step) => (found as Record<string, unknown> | undefined)?.[step],
      document,
    )
}

function accepts(name: string, payload: unknown): boolean {
  const ajv = new Ajv(lenient)
  ajv.addSchema(asyncApi('http://localhost:3000'), 'document')
  const path = `document#/components/messages/${name.replace(':', '.')}/payload`
  return ajv.getSchema(path)?.(payload) === true
}
