import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import {
  askForDesktop,
  desktopPermission,
  useDesktopPermission,
} from '../alerts/desktop-permission.ts'
import {
  PushHindranceError,
  pushHindrance,
  subscribe,
  unsubscribe,
} from '../alerts/push/push-device.ts'
import type { PushHindrance } from '../alerts/push/push-device.ts'
import { useDesk } from '../live/use-desk.ts'
import { Refusal } from '../ui/refusal.tsx'
import { useSubmit } from '../ui/use-submit.ts'
import type { AlertFieldsProps } from './desktop-fields.tsx'
import classes from './settings.module.css'

/** Why this device gets none. What keeps notifications from the desktop as well is said there. */
const sentences: Partial<Record<PushHindrance, string>> = {
  unsupported:
    'This browser receives no messages for pages that are closed. On an iPhone or iPad, add Deskbell to the home screen first.',
  noContact:
    'This Deskbell sends no messages yet: whoever runs it has to set PUBLIC_URL to its https address, or PUSH_CONTACT.',
  silent:
    'The message service of this browser did not answer. Some browsers have none, and some networks block it. Notifications on the desktop still work while Deskbell is open.',
}

/** Whether this device is told while no page of Deskbell is open in it. */
export function PushFields({ settings, onChange }: AlertFieldsProps) {
  const desk = useDesk()
  const permission = useDesktopPermission()
  const [met, setMet] = useState<PushHindrance>()
  const { submit, busy, error } = useSubmit(async (push: boolean) => {
    setMet(undefined)
    if (!push) {
      onChange({ push })
      return unsubscribe(desk)
    }
    await askForDesktop()
    if (desktopPermission() !== 'allowed') return
    try {
      await subscribe(desk, settings.texts)
      onChange({ push })
    } catch (thrown) {
      setMet(hindranceOf(thrown))
    }
  })

  const lasting = pushHindrance()
  const isBlocked = lasting !== undefined || permission === 'blocked'
  const hindrance = lasting ?? met
  const sentence = hindrance && sentences[hindrance]
  return (
    <div className={classes['form']}>
      <Checkbox
        label="Notify me on this device while Deskbell is closed"
        description="Through the message service of the browser, and only of what you have not seen elsewhere. It reads nothing: messages are encrypted."
        checked={settings.push && lasting === undefined && permission === 'allowed'}
        disabled={busy || isBlocked}
        onChange={(event) => void submit(event.currentTarget.checked)}
      />
      {sentence !== undefined && (
        <p className={classes['whose']} role="alert">
          {sentence}
        </p>
      )}
      <Refusal error={error} />
    </div>
  )
}

/** A refusal of the desk says itself what is wrong. */
function hindranceOf(thrown: unknown): PushHindrance {
  if (thrown instanceof PushHindranceError) return thrown.hindrance
  // Browsers without a message service say AbortError or NotAllowedError.
  if (thrown instanceof DOMException) return 'silent'
  throw thrown
}
