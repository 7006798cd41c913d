import type { NotificationItem } from '@deskbell/contract'
import { useState } from 'react'
import { placesOf, steadyItems } from './steady-items.ts'
import type { Places } from './steady-items.ts'

type Items = readonly NotificationItem[] | undefined

interface Shown {
  key: string
  items: Items
  places: Places
  steady: Items
}

/** The items in the order in which the person found them, until they choose another list, by its `key`. */
export function useSteadyItems(key: string, items: Items): Items {
  const [shown, setShown] = useState<Shown>(() => next(undefined, key, items))
  if (shown.key === key && shown.items === items) return shown.steady
  const now = next(shown.key === key ? shown : undefined, key, items)
  setShown(now)
  return now.steady
}

function next(before: Shown | undefined, key: string, items: Items): Shown {
  const places = before?.places ?? new Map()
  const steady = items && steadyItems(items, places)
  return { key, items, steady, places: steady === undefined ? places : placesOf(steady, places) }
}
