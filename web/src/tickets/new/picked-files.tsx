import { mayShow, pictureHeadBytes, pictureTypes, pixelsOf } from '@deskbell/contract'
import { IconFile } from '@tabler/icons-react'
import { useCallback, useEffect, useState } from 'react'
import { fileSize } from '../../ui/words/file-size.ts'
import { WaitingFile, WaitingFiles } from '../waiting-file.tsx'
import { UploadLine } from '../composer/files/upload-line.tsx'
import type { Uploads } from '../composer/files/use-uploads.ts'
import classes from './picked-files.module.css'

interface PickedFilesProps {
  files: Uploads
  /** The ticket is being created: nothing can be changed. */
  busy: boolean
}

/** The files that the app attaches once the ticket exists. */
export function PickedFiles({ files, busy }: PickedFilesProps) {
  if (files.list.length === 0) return null
  return (
    <WaitingFiles label="Files to attach">
      {files.list.map((upload) =>
        upload.problem === undefined ? (
          <PickedFile
            key={upload.key}
            file={upload.file}
            onRemove={busy ? undefined : () => files.drop(upload)}
          />
        ) : (
          <UploadLine key={upload.key} upload={upload} uploads={files} />
        ),
      )}
    </WaitingFiles>
  )
}

interface PickedFileProps {
  file: File
  onRemove: (() => void) | undefined
}

function PickedFile({ file, onRemove }: PickedFileProps) {
  const pixels = usePixels(file)
  const size = fileSize(file.size)
  const isShown = pixels !== undefined && mayShow(pixels)
  return (
    <WaitingFile
      picture={isShown ? <Picture file={file} /> : <IconFile size={20} stroke={1.5} aria-hidden />}
      name={file.name}
      state={pixels === undefined || isShown ? size : `${size}, too large for a preview`}
      onRemove={onRemove}
    />
  )
}

/** The pixels of a picture, read from its beginning before the browser decodes it; undefined for a file that is not shown. */
function usePixels(file: File): number | undefined {
  const [pixels, setPixels] = useState<number>()
  useEffect(() => {
    let isOver = false
    if (pictureTypes.includes(file.type))
      file
        .slice(0, pictureHeadBytes)
        .arrayBuffer()
        .then((head) => !isOver && setPixels(pixelsOf(new Uint8Array(head))))
        // A file that cannot be read any more has no picture either.
        .catch(() => undefined)
    return () => {
      isOver = true
    }
  }, [file])
  return pixels
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
