import { Button } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useFileChooser } from '../composer/files/use-file-chooser.tsx'

interface AttachFilesProps {
  onFiles: (files: readonly File[]) => void
}

/** As the composer's paper clip, in words: whoever is here may be here for the first time. */
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
        onClick={open}
      >
        Attach files
      </Button>
    </>
  )
}
