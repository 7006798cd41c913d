import { ActionIcon } from '@mantine/core'
import { IconFile, IconX } from '@tabler/icons-react'
import { useCallback } from 'react'
import { fileSize } from '../../ui/words/file-size.ts'
import { isolated } from '../../ui/words/isolated.ts'
import classes from './picked-files.module.css'
import type { CreationStep } from './use-new-ticket.ts'
import type { Picked } from './use-picked-files.ts'

interface PickedFilesProps {
  files: Picked
  step: CreationStep | undefined
}

/** The files that the app attaches once the ticket exists. */
export function PickedFiles({ files, step }: PickedFilesProps) {
  return (
    <>
      {files.tooLarge.map((sentence) => (
        <p key={sentence} className={classes['problem']} role="alert">
          {sentence}
        </p>
      ))}
      {files.list.length > 0 && (
        <ul className={classes['list']} aria-label="Files to attach">
          {files.list.map((file, index) => (
            <li key={`${file.name} ${file.size} ${file.lastModified}`} className={classes['file']}>
              {file.type.startsWith('image/') ? (
                <Picture file={file} />
              ) : (
                <IconFile size={20} stroke={1.5} aria-hidden />
              )}
              <span className={classes['name']} title={file.name}>
                <bdi>{file.name}</bdi>
              </span>
              <span className={classes['size']}>
                {progressOf(step, index) ?? fileSize(file.size)}
              </span>
              {step === undefined && (
                <ActionIcon
                  size={24}
                  aria-label={`Remove ${isolated(file.name)}`}
                  onClick={() => files.remove(file)}
                >
                  <IconX size={14} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** A picture from memory: it has not been sent anywhere yet. */
function Picture({ file }: { file: File }) {
  const show = useCallback(
    (image: HTMLImageElement | null) => {
      if (image === null) return undefined
      const url = URL.createObjectURL(file)
      image.src = url
      return () => URL.revokeObjectURL(url)
    },
    [file],
  )
  return <img ref={show} className={classes['picture']} alt="" />
}

function progressOf(step: CreationStep | undefined, index: number): string | undefined {
  if (step === undefined || step.kind === 'creating' || index > step.index) return undefined
  return index < step.index ? 'Attached' : `${Math.round(step.share * 100)} %`
}
