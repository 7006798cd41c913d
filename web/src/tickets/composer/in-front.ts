import type { CommentDraft } from './drafts/comment-draft.ts'

/** A draft that did not get through, with what was written since after it. */
export function inFront(draft: CommentDraft, later: CommentDraft | undefined): CommentDraft {
  if (later === undefined) return draft
  const texts = [draft.body, later.body].filter((text) => text.trim() !== '')
  return {
    ...draft,
    body: texts.join('\n\n'),
    attachments: [...draft.attachments, ...later.attachments],
  }
}
