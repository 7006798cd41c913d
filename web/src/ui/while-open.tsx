import { memo } from 'react'
import type { ReactNode } from 'react'

interface WhileOpenProps {
  opened: boolean
  children: ReactNode
}

/** Contains a menu, a list or a drawer. While that is closed, it does not render again. */
export const WhileOpen = memo(
  function WhileOpen({ children }: WhileOpenProps) {
    return children
  },
  (before, after) => !before.opened && !after.opened,
)
