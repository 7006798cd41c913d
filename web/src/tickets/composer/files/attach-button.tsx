import { ActionIcon, Tooltip } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { memo } from 'react'
import { useFileChooser } from './use-file-chooser.tsx'

interface AttachButtonProps {
  onFiles: (files: readonly File[]) => void
}

/** Adds files to the comment that is being written. */
export const AttachButton = memo(function AttachButton({ onFiles }: AttachButtonProps) {
  const { input, open } = useFileChooser(onFiles)
  return (
    <>
      {input}
      <Tooltip label="Attach files, or paste or drop them">
        <ActionIcon size={28} aria-label="Attach files" data-adds onClick={open}>
          <IconPaperclip size={16} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
    </>
  )
})
