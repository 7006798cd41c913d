import { Button } from '@mantine/core'
import { withPlainMentions } from '@deskbell/contract'
import type { DraftKind } from '@deskbell/contract'
import { useDesk } from '../../../live/use-desk.ts'
import { useOwnDrafts } from '../../../live/use-own-drafts.ts'
import { toastError } from '../../../notifications/toast.ts'
import { RelativeTime } from '../../../ui/marks/relative-time.tsx'
import classes from './differing-draft.module.css'

interface DifferingDraftProps {
  ticketId: string
  kind: DraftKind
}

/** Offers what the person wrote on another device, where something else is written here. */
export function DifferingDraft({ ticketId, kind }: DifferingDraftProps) {
  const desk = useDesk()
  const other = useOwnDrafts(ticketId)?.differing[kind]
  if (other === undefined) return null
  const choose = (which: 'here' | 'elsewhere') =>
    desk.drafts
      .choose(ticketId, kind, which)
      .catch((error: unknown) => toastError('Both texts are still there', error))
  return (
    <section className={classes['differing']} aria-label="Written on another device">
      <p className={classes['words']} role="status">
        You also wrote on another device, <RelativeTime at={other.updatedAt} />:
      </p>
      <p className={classes['text']} dir="auto">
        {other.body === '' ? `${other.attachments.length} files` : withPlainMentions(other.body)}
      </p>
      <div className={classes['actions']} data-focus-after="textarea">
        <Button size="compact-sm" variant="default" onClick={() => void choose('elsewhere')}>
          Use that one
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => void choose('here')}>
          Keep this one
        </Button>
      </div>
    </section>
  )
}
