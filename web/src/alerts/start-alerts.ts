import { lead } from '@deskbell/client'
import type { Desk } from '@deskbell/client'
import type { DeskEvent } from '@deskbell/contract'
import { toastStore } from '../notifications/toast-store.ts'
import { readAlertSettings } from './alert-settings.ts'
import { alertStore } from './alert-store.ts'
import type { Alert } from './alert-store.ts'
import { createDesktopNotifications } from './desktop-notifications.ts'
import { desktopPermission } from './desktop-permission.ts'
import { isUnlooked } from './is-unlooked.ts'
import { createRinging } from './ringing.ts'
import { watchSight } from './sight.ts'
import { createSounds } from './sounds.ts'
import type { SoundName } from './sounds.ts'
import { createTold } from './told.ts'

/** Until then a tab that shows the event has claimed it, and the rest of a burst is there. */
const settleMs = 200

/** Browsers let a page play only after one of these. */
const gestures = ['click', 'keydown', 'touchend'] as const

/**
 * Alerts a person by sounds, and by notifications of the desktop while no tab is in sight. Of all tabs of this browser
 * one leads and does it: the last one that the browser let play. Returns a function that ends it.
 */
export function startAlerts(desk: Desk, open: (number: number) => void): () => void {
  const personId = desk.state.me.id
  const told = createTold(personId)
  const sight = watchSight(personId)
  const desktop = createDesktopNotifications(open)
  const player = createPlayer(personId)
  const ringing = createRinging({
    now: () => Date.now(),
    after(ms, callback) {
      const waiting = setTimeout(callback, ms)
      return () => clearTimeout(waiting)
    },
    ring: () => isLeading && player.play('urgent'),
  })
  let isLeading = false
  const arrived: Alert[] = []
  let settling: ReturnType<typeof setTimeout> | undefined

  function receive(alert: Alert) {
    const { seq, ticketId } = alert
    if (alert.isUnlooked && ticketId !== undefined) ringing.add(ticketId)
    if (alert.isOnScreen && sight.isHere()) return told.claim([seq])
    arrived.push(alert)
    settling ??= setTimeout(settle, settleMs)
    return undefined
  }

  function settle() {
    settling = undefined
    const alerts = arrived.splice(0)
    if (!isLeading) return
    const isNew = told.claim(alerts.map(({ seq }) => seq))
    const fresh = alerts.filter(({ seq }) => isNew.has(seq))
    if (fresh.length === 0) return
    player.play(fresh.some(({ isUrgent }) => isUrgent) ? 'urgent' : 'usual')
    void showOnDesktop(fresh)
  }

  async function showOnDesktop(alerts: readonly Alert[]) {
    const settings = readAlertSettings(personId)
    if (!settings.desktop || desktopPermission() !== 'allowed' || (await sight.isAnywhere())) return
    for (const alert of alerts) desktop.show(alert, settings.texts ? alert.words : alert.discreet)
  }

  function follow({ name, data }: DeskEvent) {
    if (!('ticketId' in data)) return
    const { ticketId } = data
    const isOver = name === 'ticket:seen' || name === 'access:lost'
    if (isOver) desktop.close(ticketId)
    const isLooked = name === 'ticket:looked' || ('ticket' in data && !isUnlooked(data.ticket))
    if (isOver || isLooked) ringing.remove(ticketId)
  }

  const leadership = lead(`deskbell.alerts.${personId}`, {
    onLead: () => (isLeading = true),
    onLost: () => (isLeading = false),
  })
  const stops = [
    desk.onEvent(({ event }) => follow(event)),
    player.onUnlocked(() => isLeading || leadership.take()),
    alertStore.take(receive),
  ]
  return () => {
    clearTimeout(settling)
    for (const stop of stops) stop()
    leadership.release()
    ringing.stop()
    sight.stop()
    desktop.closeAll()
    player.close()
  }
}

/** Plays the sounds that the person chose, and says when the browser holds them back. */
function createPlayer(personId: string) {
  const sounds = createSounds()
  const heldBack = 'sound-held-back'

  return {
    play(name: SoundName) {
      const { sounds: choice, volume } = readAlertSettings(personId)
      if (choice === 'off' || (choice === 'urgent' && name !== 'urgent')) return
      sounds.play(name, volume).then(
        (isHeard) => {
          if (isHeard) return
          toastStore.show({
            id: heldBack,
            title: 'A sound was held back',
            line: 'The browser plays the sounds of this window only after a click or a key in it.',
            // Until then.
            lastsMs: 24 * 60 * 60_000,
          })
        },
        // The device has no sound.
        () => undefined,
      )
    },
    /** Calls back once: when the browser lets this tab play. Returns the canceller. */
    onUnlocked(callback: () => void): () => void {
      const stop = new AbortController()
      async function unlock() {
        if (readAlertSettings(personId).sounds === 'off') return
        const mayPlay = await sounds.unlock()
        if (!mayPlay || stop.signal.aborted) return
        stop.abort()
        toastStore.dismiss(heldBack)
        callback()
      }
      // A device without sound plays none.
      const onGesture = () => void unlock().catch(() => undefined)
      for (const gesture of gestures)
        document.addEventListener(gesture, onGesture, { signal: stop.signal, capture: true })
      return () => stop.abort()
    },
    close: sounds.close,
  }
}
