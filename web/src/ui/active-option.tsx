import { UnstyledButton } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'

interface ActiveOptionProps {
  id: string
  /** It is the one that the keys of the field choose; it comes into view. */
  active: boolean
  className: string | undefined
  onPoint: () => void
  onChoose: () => void
  children: ReactNode
}

/** An option of a list whose field keeps the focus, and a phone its keyboard. */
export function ActiveOption(props: ActiveOptionProps) {
  const { id, active, className = '', onPoint, onChoose, children } = props
  const element = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (active) element.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <UnstyledButton
      ref={element}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      className={className}
      // onMouseMove, not onMouseEnter: options that appear under a resting pointer must not become chosen.
      onMouseMove={onPoint}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      {children}
    </UnstyledButton>
  )
}
