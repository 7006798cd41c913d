import { expect, test } from 'vitest'
import { isServerMessage } from './is-server-message.ts'

const meta = { seq: 8, tag: 'b', after: 7 }

test('[CK5] a message with a meta is an event of the log, whatever its name', () => {
  expect(isServerMessage({ name: 'ticket:seen', data: {}, meta })).toBe(true)
  expect(isServerMessage({ name: 'ticket:folded', data: null, meta })).toBe(true)
})

test('a message about the stream is recognised by its name', () => {
  expect(isServerMessage({ name: 'sync:position', data: meta })).toBe(true)
  expect(isServerMessage({ name: 'sync:position', data: undefined })).toBe(false)
})

test('[EP3] any other message is a custom event', () => {
  for (const name of ['maintenance:planned', 'toString', '__proto__'])
    expect(isServerMessage({ name, data: {}, meta: undefined }), name).toBe(false)
  expect(isServerMessage({ name: 'hello', data: {}, meta: { seq: 8 } })).toBe(false)
  expect(isServerMessage({ name: 'hello', data: {}, meta: null })).toBe(false)
})
