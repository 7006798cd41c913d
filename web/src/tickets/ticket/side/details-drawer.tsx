import { Drawer } from '@mantine/core'
import '@mantine/core/styles/Drawer.layer.css'
import { memo } from 'react'
import type { ReactNode } from 'react'
import classes from './details-drawer.module.css'

interface DetailsDrawerProps {
  opened: boolean
  onClose: () => void
  children: ReactNode
}

/** The side column as a drawer, where there is no room for it beside the history. A closed one renders nothing. */
export const DetailsDrawer = memo(
  function DetailsDrawer(props: DetailsDrawerProps) {
    const { opened, onClose, children } = props
    return (
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
    )
  },
  (before, after) => !before.opened && !after.opened,
)
