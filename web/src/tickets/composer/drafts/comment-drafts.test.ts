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

  test('keeps a draft beside another one while this page is open where it cannot be stored', () => {
    const storage = browserStorage()
    storage.setItem = () => {
      throw new DOMException('', 'QuotaExceededError')
    }
    drafts = commentDrafts(createDrafts(storage, 'ada'))
    drafts.setBeside(ticketId, draft({ body: 'Half a thought' }))
    expect(drafts.beside(ticketId)?.body).toBe('Half a thought')
    expect(drafts.keepsBeside(ticketId)).toBe(false)
    drafts.setBeside(ticketId, undefined)
    expect([drafts.beside(ticketId), drafts.keepsBeside(ticketId)]).toEqual([undefined, true])
  })

  test('finds the ticket of a draft by its number', () => {
    drafts.set(ticketId, draft({ ticketNumber: 1042 }))
    expect(drafts.ticketWithNumber(1042)).toBe(ticketId)
    expect(drafts.ticketWithNumber(1)).toBeUndefined()
  })
})

function draft(part: Partial<CommentDraft>): CommentDraft {
  return { id: '1', ticketNumber: 1, body: 'Text', internal: false, attachments: [], ...part }
}
