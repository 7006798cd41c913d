import { usePresence } from '../../live/use-presence.ts'
import { typingWords } from './presence-words.ts'
import classes from './typing-line.module.css'

/** Who writes at this moment, over the end of the conversation: nothing moves when it comes and goes. */
export function TypingLine({ ticketId }: { ticketId: string }) {
  const words = typingWords(usePresence(ticketId).people)
  return (
    <div className={classes['place']}>
      {words !== undefined && <span className={classes['line']}>{words}</span>}
    </div>
  )
}
