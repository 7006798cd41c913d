import type { Doing } from '@deskbell/contract'
import { useState } from 'react'
import type { FocusEvent } from 'react'
import { useDesk } from '../../live/use-desk.ts'
import { useShowOpen } from '../../live/use-presence.ts'

/**
 * What the person does with a ticket, for the others who have it open: writing begins when the field gets the focus, and
 * ends when it is left empty. A draft from before is no writing until it is touched.
 */
export function useDoing(
  ticketId: string,
  { internal, body }: { internal: boolean; body: string },
) {
  const desk = useDesk()
  const [isFocused, setFocused] = useState(false)
  const [touched, setTouched] = useState<string>()
  const isWriting = isFocused || (touched === ticketId && body !== '')
  const doing: Doing = !isWriting ? 'viewing' : internal ? 'noting' : 'replying'
  useShowOpen(ticketId, doing)
  return {
    doing,
    onFocus({ target }: FocusEvent) {
      if (target instanceof HTMLTextAreaElement) setFocused(true)
    },
    /** The focus may go to a button beside the field. */
    onBlur({ currentTarget, relatedTarget }: FocusEvent) {
      if (!currentTarget.contains(relatedTarget)) setFocused(false)
    },
    typed() {
      setTouched(ticketId)
      desk.typed()
    },
  }
}
