import { IconLock, IconMessage } from '@tabler/icons-react'
import { memo } from 'react'
import classes from './composer-modes.module.css'

interface ComposerModesProps {
  internal: boolean
  onChoose: (internal: boolean) => void
}

/** The choice of staff: a reply to everyone on the ticket, or an internal note. */
export const ComposerModes = memo(function ComposerModes(props: ComposerModesProps) {
  const { internal, onChoose } = props
  return (
    <div
      className={classes['modes']}
      data-internal={internal || undefined}
      role="group"
      aria-label="What to write"
    >
      <button
        type="button"
        className={classes['mode']}
        aria-pressed={!internal}
        onClick={() => onChoose(false)}
      >
        <IconMessage size={14} aria-hidden /> Reply
      </button>
      <button
        type="button"
        className={classes['mode']}
        data-note
        aria-pressed={internal}
        onClick={() => onChoose(true)}
      >
        <IconLock size={14} aria-hidden /> Internal note
      </button>
    </div>
  )
})
