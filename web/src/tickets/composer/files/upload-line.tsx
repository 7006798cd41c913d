import { ActionIcon, Button } from '@mantine/core'
import { IconAlertTriangle, IconX } from '@tabler/icons-react'
import { isolated } from '../../../ui/words/isolated.ts'
import classes from './upload-line.module.css'
import type { Upload, Uploads } from './use-uploads.ts'

interface UploadLineProps {
  upload: Upload
  uploads: Uploads
}

/** A file on its way, or why its upload failed. */
export function UploadLine({ upload, uploads }: UploadLineProps) {
  const { file, share, problem, again } = upload
  const failed = problem !== undefined
  return (
    <li className={classes['line']} data-failed={failed || undefined}>
      <div className={classes['top']}>
        {failed && <IconAlertTriangle size={16} stroke={1.75} aria-hidden />}
        <span className={classes['name']} title={file.name}>
          <bdi>{file.name}</bdi>
        </span>
        {!failed && <span className={classes['share']}>{Math.round(share * 100)} %</span>}
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
          value={share}
          aria-label={`Uploading ${isolated(file.name)}`}
        />
      )}
    </li>
  )
}
