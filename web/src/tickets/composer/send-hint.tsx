import { isolated } from '../../ui/words/isolated.ts'
import { notAttached } from './files/not-attached.ts'
import type { Uploads } from './files/use-uploads.ts'
import classes from './send-hint.module.css'

/** Says beside the button which file the reply waits for. */
export function SendHint({ uploads }: { uploads: Uploads }) {
  const { list, failed, isAwaited } = uploads
  const waiting = isAwaited ? (list.find(({ share }) => share !== undefined) ?? list[0]) : undefined
  const more = list.length > 1 ? ` and ${list.length - 1} more` : ''
  return (
    <>
      <p className={classes['hint']} role="status">
        {failed && notAttached(failed, 'send')}
        {waiting && (
          <>
            Waiting for {isolated(waiting.file.name)}
            {more}
            {/* Not read aloud at every step. */}
            <span aria-hidden="true">, {Math.floor((waiting.share ?? 0) * 100)} %</span>
          </>
        )}
      </p>
      {waiting && (
        <button
          type="button"
          className={classes['cancel']}
          onClick={() => uploads.whenDone(undefined)}
        >
          Cancel sending
        </button>
      )}
    </>
  )
}
