import { IconFile } from '@tabler/icons-react'
import { useCallback } from 'react'
import { fileSize } from '../../ui/words/file-size.ts'
import { WaitingFile, WaitingFiles } from '../waiting-file.tsx'
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
        <WaitingFiles label="Files to attach">
          {files.list.map((file, index) => (
            <WaitingFile
              key={`${file.name} ${file.size} ${file.lastModified}`}
              picture={
                file.type.startsWith('image/') ? (
                  <Picture file={file} />
                ) : (
                  <IconFile size={20} stroke={1.5} aria-hidden />
                )
              }
              name={file.name}
              state={progressOf(step, index) ?? fileSize(file.size)}
              onRemove={step === undefined ? () => files.remove(file) : undefined}
            />
          ))}
        </WaitingFiles>
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
