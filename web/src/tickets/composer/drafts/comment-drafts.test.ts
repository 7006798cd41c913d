import { createDrafts } from '@deskbell/client'
import { browserStorage } from '@deskbell/client/testing'
import { beforeEach, describe, expect, test } from 'vitest'
import type { CommentDraft } from './comment-draft.ts'
import { commentDrafts } from './comment-drafts.ts'
import type { CommentDrafts } from './comment-drafts.ts'

const ticketId = '01a2053f-afa0-7093-8f3d-f2aca3eb48fe'
let drafts: CommentDrafts

beforeEach(() => {
  drafts = commentDrafts(createDrafts(browserStorage(), 'ada'))
})

describe('commentDrafts', () => {
  test('keeps a draft, with its files', () => {
    drafts.set(ticketId, draft({ body: 'Half a thought' }))
    expect(drafts.get(ticketId)?.body).toBe('Half a thought')
    expect(drafts.get(ticketId)?.attachments).toEqual([])
  })

  test('keeps a draft on its way apart from the text written meanwhile', () => {
    drafts.takeOut(ticketId, draft({ id: '1', body: 'First' }))
    drafts.set(ticketId, draft({ id: '2', body: 'Second' }))
    expect(drafts.outgoing(ticketId).map(({ body }) => body)).toEqual(['First'])
    expect(drafts.get(ticketId)?.body).toBe('Second')
  })

  test('forgets a draft that became a comment, and no other', () => {
    drafts.takeOut(ticketId, draft({ id: '1' }))
    drafts.takeOut(ticketId, draft({ id: '2' }))
    drafts.settle(ticketId, '1')
    expect(drafts.outgoing(ticketId).map(({ id }) => id)).toEqual(['2'])
  })

  test('puts a draft that could not be sent in front of the later text, under its own id', () => {
    drafts.takeOut(ticketId, draft({ id: '1', body: 'First', seenVersion: 7 }))
    drafts.set(ticketId, draft({ id: '2', body: 'Second', seenVersion: 9 }))
    drafts.putBack(ticketId, draft({ id: '1', body: 'First', seenVersion: 7 }))
    expect(drafts.get(ticketId)).toMatchObject({ id: '1', body: 'First\n\nSecond', seenVersion: 7 })
    expect(drafts.outgoing(ticketId)).toEqual([])
  })

  test('puts a draft back once, when two windows do so', () => {
    drafts.putBack(ticketId, draft({ id: '1', body: 'Said once' }))
    drafts.putBack(ticketId, draft({ id: '1', body: 'Said once' }))
    expect(drafts.get(ticketId)?.body).toBe('Said once')
  })

  test('finds the ticket of a draft by its number, also while it is on its way', () => {
    drafts.takeOut(ticketId, draft({ ticketNumber: 1042 }))
    expect(drafts.ticketWithNumber(1042)).toBe(ticketId)
    expect(drafts.ticketWithNumber(1)).toBeUndefined()
  })
})

function draft(part: Partial<CommentDraft>): CommentDraft {
  return { id: '1', ticketNumber: 1, body: 'Text', internal: false, attachments: [], ...part }
}
