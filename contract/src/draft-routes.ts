import { z } from 'zod'
import { DraftInput, DraftKind, EarlierDraft, SavedDraft } from './drafts.ts'
import type { RouteName } from './paths.ts'
import { GivenId, Seq } from './people.ts'
import type { Route } from './route.ts'

const ofDraft = z.strictObject({ id: GivenId, kind: DraftKind })

/** Calls about what the reader is writing. Drafts are no part of the log, so these replies name no position in it. */
export const draftRoutes = {
  saveDraft: {
    summary:
      'Keep what you are writing on a ticket. Refused with the other text (`draft.differs`) when it differs and `rev` is not the present one.',
    withoutIdempotencyKey: true,
    params: ofDraft,
    body: DraftInput,
    reply: z.strictObject({
      rev: Seq,
      /** Those of the files that wait on this ticket to be sent, and are yours. */
      attachmentIds: z.array(GivenId),
    }),
  },
  discardDraft: {
    summary: 'Discard what you were writing. It stays among the earlier drafts for 7 days.',
    withoutIdempotencyKey: true,
    params: ofDraft,
    query: z.strictObject({ rev: z.coerce.number().pipe(Seq) }),
    reply: z.strictObject({ rev: Seq }),
  },
  earlierDrafts: {
    summary:
      'What you wrote on a ticket and replaced or discarded in the last 7 days, the newest first.',
    params: ofDraft,
    reply: z.strictObject({ earlier: z.array(EarlierDraft) }),
  },
  drafts: {
    summary:
      'What you are writing on tickets that you may see. For one ticket also what was sent or discarded lately: it has no text.',
    query: z.strictObject({ ticketId: GivenId.optional() }),
    reply: z.strictObject({ drafts: z.array(SavedDraft) }),
  },
} as const satisfies Partial<Record<RouteName, Route>>
