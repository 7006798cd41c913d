import { Drawer } from '@mantine/core'
import '@mantine/core/styles/Drawer.layer.css'
import type { ReactNode } from 'react'
import { WhileOpen } from '../../../ui/while-open.tsx'
import classes from './details-drawer.module.css'

interface DetailsDrawerProps {
  opened: boolean
  onClose: () => void
  children: ReactNode
}

/** The side column as a drawer, where there is no room for it beside the history. */
export function DetailsDrawer({ opened, onClose, children }: DetailsDrawerProps) {
  return (
    <WhileOpen opened={opened}>
      <Drawer
        opened={opened}
        onClose={onClose}
        position="right"
        size={320}
        title="Details"
        closeButtonProps={{ 'aria-label': 'Close the details' }}
        transitionProps={{ duration: 150 }}
        classNames={{ body: classes['body'] ?? '' }}
      >
        {children}
      </Drawer>
    </WhileOpen>
  )
}
