import { Modal } from '@mantine/core'
import { useRef } from 'react'
import { PaletteSearch } from './palette-search.tsx'
import classes from './palette.module.css'

interface PaletteProps {
  opened: boolean
  onClose: () => void
}

/** Finds every command and page by a few letters of its name. */
export function Palette({ opened, onClose }: PaletteProps) {
  const chosen = useRef<() => void>(undefined)

  // Runs the command once the dialog is gone: until then the dialog holds the focus, which a command may move.
  function runChosen() {
    chosen.current?.()
    chosen.current = undefined
  }

  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={runChosen}
      size={600}
      centered={false}
      yOffset="12vh"
      xOffset={12}
      classNames={{ content: classes['palette'] ?? '' }}
      transitionProps={{ duration: 120, transition: 'fade' }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label="Search or jump to">
        <PaletteSearch
          onChoose={(run) => {
            chosen.current = run
            onClose()
          }}
        />
      </Modal.Content>
    </Modal.Root>
  )
}
