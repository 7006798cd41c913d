import { useSyncExternalStore } from 'react'
import { remember } from '../ui/remember.ts'

/** How this device alerts a person while Deskbell is open in it. */
export interface AlertSettings {
  desktop: boolean
  /** This device is told while no page of Deskbell is open in it. */
  push: boolean
  /** Notifications of the desktop have titles and the first words of what was written. */
  texts: boolean
  sounds: (typeof soundChoices)[number]
  /** Percent. */
  volume: number
}

export const soundChoices = ['all', 'urgent', 'off'] as const

const initial: AlertSettings = {
  desktop: false,
  push: false,
  texts: false,
  sounds: 'all',
  volume: 50,
}

export function readAlertSettings(personId: string): AlertSettings {
  return parse(localStorage.getItem(keyOf(personId)))
}

/** The settings, also as another window changes them, and a function that changes some of them. */
export function useAlertSettings(
  personId: string,
): [AlertSettings, (change: Partial<AlertSettings>) => void] {
  const text = useSyncExternalStore(listen, () => localStorage.getItem(keyOf(personId)))
  function change(part: Partial<AlertSettings>) {
    remember(keyOf(personId), JSON.stringify({ ...readAlertSettings(personId), ...part }))
    // The browser tells only the other windows.
    window.dispatchEvent(new StorageEvent('storage', { key: keyOf(personId) }))
  }
  return [parse(text), change]
}

function listen(notify: () => void): () => void {
  window.addEventListener('storage', notify)
  return () => window.removeEventListener('storage', notify)
}

function parse(text: string | null): AlertSettings {
  const stored = fieldsOf(text)
  const { desktop, push, texts, sounds, volume } = stored
  const isVolume = typeof volume === 'number' && volume >= 0 && volume <= 100
  return {
    desktop: desktop === true,
    push: push === true,
    texts: texts === true,
    sounds: soundChoices.find((choice) => choice === sounds) ?? initial.sounds,
    volume: isVolume ? volume : initial.volume,
  }
}

function fieldsOf(text: string | null): Partial<Record<keyof AlertSettings, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? '{}')
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

function keyOf(personId: string): string {
  return `deskbell-alerts.${personId}`
}
