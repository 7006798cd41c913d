import { ActionIcon, Button } from '@mantine/core'
import { IconAlertTriangle, IconX } from '@tabler/icons-react'
import { fileSize } from '../../../ui/words/file-size.ts'
import { isolated } from '../../../ui/words/isolated.ts'
import { useWaitsFor } from '../../../ui/waits-for.ts'
import classes from './upload-line.module.css'
import type { Upload } from './upload-list.ts'
import type { Uploads } from './use-uploads.ts'

interface UploadLineProps {
  upload: Upload
  uploads: Uploads
}

/** A file on its way, or why it was not attached. */
export function UploadLine({ upload, uploads }: UploadLineProps) {
  const { file, share, problem, again } = upload
  const failed = problem !== undefined
  const waitsFor = useWaitsFor()
  return (
    <li className={classes['line']} data-failed={failed || undefined}>
      <div className={classes['top']}>
        {failed && <IconAlertTriangle size={16} stroke={1.75} aria-hidden />}
        <span className={classes['name']} title={file.name}>
          <bdi>{file.name}</bdi>
        </span>
        {!failed && (
          <span className={classes['share']}>{waitsFor ?? progressWords(file.size, share)}</span>
        )}
        {again && (
          <Button size="compact-xs" variant="subtle" onClick={() => uploads.retry(upload)}>
            Try again
          </Button>
        )}
        <ActionIcon
          size={24}
          aria-label={
            failed
              ? `Remove ${isolated(file.name)} from the list`
              : `Stop uploading ${isolated(file.name)}`
          }
          onClick={() => uploads.drop(upload)}
        >
          <IconX size={14} />
        </ActionIcon>
      </div>
      {failed ? (
        <p className={classes['problem']} role="alert">
          Not attached: {problem}
        </p>
      ) : (
        <progress
          className={classes['bar']}
          max={1}
          value={share ?? 0}
          aria-label={`Uploading ${isolated(file.name)}`}
        />
      )}
    </li>
  )
}

/** How far an upload is, and of how much: that says why it takes its time. */
function progressWords(bytes: number, share: number | undefined): string {
  if (share === undefined) return 'Waits for its turn'
  return share === 1 ? 'Almost there' : `${Math.floor(share * 100)} % of ${fileSize(bytes)}`
}
