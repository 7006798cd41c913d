import { Button } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useFileChooser } from '../composer/files/use-file-chooser.tsx'

interface AttachFilesProps {
  onFiles: (files: readonly File[]) => void
}

/** The composer's paper clip with words: a person on this page may be new to the app. */
export function AttachFiles({ onFiles }: AttachFilesProps) {
  const { input, open } = useFileChooser(onFiles)
  return (
    <>
      {input}
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        leftSection={<IconPaperclip size={16} stroke={1.75} />}
        data-adds
        onClick={open}
      >
        Attach files
      </Button>
    </>
  )
}
