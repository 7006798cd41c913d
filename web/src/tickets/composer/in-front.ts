import type { CommentDraft } from './drafts/comment-draft.ts'

/** A draft that could not be sent, followed by the text written since. */
export function inFront(draft: CommentDraft, later: CommentDraft | undefined): CommentDraft {
  if (later === undefined) return draft
  // Another window of the person has put it back already.
  if (later.id === draft.id) return later
  const texts = [draft.body, later.body].filter((text) => text.trim() !== '')
  return {
    ...draft,
    body: texts.join('\n\n'),
    attachments: [...draft.attachments, ...later.attachments],
  }
}
