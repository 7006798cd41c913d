import type { Desk } from '@deskbell/client'
import { use } from 'react'
import { DeskContext } from './desk-context.ts'

/** The live desk, for calls. To show its state, use the other hooks of this folder. */
export function useDesk(): Desk {
  const desk = use(DeskContext)
  if (desk === undefined) throw new Error('useDesk is called inside DeskProvider.')
  return desk
}
