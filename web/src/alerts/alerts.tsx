import { useNavigate } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import { useDesk } from '../live/use-desk.ts'
import { startAlerts } from './start-alerts.ts'

/** Alerts the person beside the page, while they are signed in. */
export function Alerts() {
  const desk = useDesk()
  const navigate = useNavigate()
  const open = useEffectEvent(
    (number: number) => void navigate({ to: '/tickets/$ref', params: { ref: String(number) } }),
  )
  useEffect(() => startAlerts(desk, (number) => open(number)), [desk])
  return null
}
