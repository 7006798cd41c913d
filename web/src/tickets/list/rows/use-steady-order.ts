import type { ListItem } from '@deskbell/client'
import { useState } from 'react'
import { keepOrder, listOrder } from './steady-order.ts'
import type { SteadyOrder } from './steady-order.ts'

export interface Steady extends SteadyOrder {
  /** Shows the list's own order. */
  letGo: () => void
}

/** Keeps the rows of one list (`key`) where they are while `held`. */
export function useSteadyOrder(key: string, items: readonly ListItem[], held: boolean): Steady {
  const [last, setLast] = useState({ key, items, held, order: listOrder(items) })
  let { order } = last
  if (last.key !== key || last.items !== items || last.held !== held) {
    const keeps = held && last.key === key
    order = keeps ? keepOrder(last.order.rows, items) : listOrder(items)
    setLast({ key, items, held, order })
  }
  return { ...order, letGo: () => setLast({ key, items, held, order: listOrder(items) }) }
}
