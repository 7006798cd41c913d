import { Button } from '@mantine/core'
import type { TimelineItem } from '@deskbell/contract'
import { IconLock, IconMessages } from '@tabler/icons-react'
import { Markdown } from '../../ui/markdown/markdown.tsx'
import { useTags } from '../../live/use-tags.ts'
import { ActorMark } from '../../ui/marks/actor-mark.tsx'
import { RelativeTime } from '../../ui/marks/relative-time.tsx'
import { actorName } from '../../ui/words/actor-name.ts'
import { changeWords, plainWords } from '../change-words.ts'
import { joinNames } from './join-names.ts'
import classes from './stale-reply.module.css'
import type { Composer } from './use-composer.ts'

interface StaleReplyProps {
  composer: Composer
  staff: boolean
  /** The writer goes on writing. */
  onKeep: () => void
}

/** Says that others wrote meanwhile: in one line while the person writes, in full when sending was stopped. */
export function StaleReply({ composer, staff, onKeep }: StaleReplyProps) {
  const { missed, missedMore, stopped, draft } = composer
  if (!stopped && missed.length === 0) return null
  const sentence = `${whoWrote(missed)} while you were writing.`

  function keep() {
    composer.acknowledge()
    onKeep()
  }

  if (!stopped) {
    return (
      <div className={classes['notice']} role="status">
        <IconMessages size={16} stroke={1.75} aria-hidden />
        <span>{sentence}</span>
        <button type="button" className={classes['seen']} onClick={keep}>
          Seen
        </button>
      </div>
    )
  }

  return (
    <div className={classes['stop']} role="alert">
      <p className={classes['title']}>{sentence} Nothing was sent yet.</p>
      {missedMore && <p className={classes['more']}>The newest of it; there may be more above.</p>}
      <ul className={classes['missed']}>
        {missed.map((item) => (
          <li key={item.seq}>
            <Missed item={item} />
          </li>
        ))}
      </ul>
      <div className={classes['choices']}>
        <Button size="xs" onClick={keep}>
          Keep editing
        </Button>
        <Button size="xs" variant="default" onClick={() => composer.send({ anyway: true })}>
          Send anyway
        </Button>
        {staff && !draft.internal && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconLock size={14} />}
            onClick={() => composer.send({ anyway: true, internal: true })}
          >
            Make it a note
          </Button>
        )}
      </div>
    </div>
  )
}

function Missed({ item }: { item: TimelineItem }) {
  const tags = useTags()
  const isComment = item.kind === 'comment'
  return (
    <>
      <p className={classes['by']}>
        <ActorMark actor={item.actor} />
        {isComment && item.comment.internal && ' in an internal note'}
        {!isComment && item.kind !== 'created' && ` ${plainWords(changeWords(item, tags))}`},{' '}
        <RelativeTime at={item.at} />
      </p>
      {isComment &&
        (item.comment.body.trim() === '' ? (
          <p>Only files, no text.</p>
        ) : (
          <Markdown text={item.comment.body} />
        ))}
    </>
  )
}

/** "Ada replied", or "Ada and Ben added something" when there is a file among them. */
function whoWrote(missed: readonly TimelineItem[]): string {
  const names = [...new Set(missed.map((item) => actorName(item.actor)))]
  if (names.length === 0) return 'Someone replied'
  const onlyReplies = missed.every((item) => item.kind === 'comment' && !item.comment.internal)
  return `${joinNames(names)} ${onlyReplies ? 'replied' : 'added something'}`
}
