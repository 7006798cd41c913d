import { useNavigate } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import { useDesk } from '../live/use-desk.ts'
import { useMe } from '../live/use-me.ts'
import { useAlertSettings } from './alert-settings.ts'
import { keepPush } from './push/keep-push.ts'
import { startAlerts } from './start-alerts.ts'

/** Alerts the person beside the page, while they are signed in. */
export function Alerts() {
  const desk = useDesk()
  const navigate = useNavigate()
  const open = useEffectEvent(
    (number: number) => void navigate({ to: '/tickets/$ref', params: { ref: String(number) } }),
  )
  const [{ push, texts }] = useAlertSettings(useMe().id)
  useEffect(() => startAlerts(desk, (number) => open(number)), [desk])
  useEffect(
    () => keepPush(desk, { wanted: push, withText: texts, open: (number) => open(number) }),
    [desk, push, texts],
  )
  return null
}
