import { Modal } from '@mantine/core'
import type { ModalProps } from '@mantine/core'
import { useEffect, useRef } from 'react'

interface DialogProps extends ModalProps {
  /** Its name among the open dialogs, of which the last one shows. */
  stackId: string
}

/**
 * A dialog that others can cover. When it closes, the focus goes back to the element that had it; Mantine's own return
 * does not survive the change of the stack.
 */
export function Dialog(props: DialogProps) {
  const { opened } = props
  const before = useRef<Element>(null)
  useEffect(() => {
    if (opened) {
      before.current = document.activeElement
      return undefined
    }
    const closed = document.activeElement
    // The dialog below shows again only after this one left the stack.
    const timer = setTimeout(() => {
      const isFree = document.activeElement === closed || document.activeElement === document.body
      if (isFree && before.current instanceof HTMLElement)
        before.current.focus({ preventScroll: true })
    }, 10)
    return () => clearTimeout(timer)
  }, [opened])
  return <Modal {...props} returnFocus={false} />
}
