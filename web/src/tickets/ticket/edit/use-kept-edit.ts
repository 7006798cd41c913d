import { useMemo } from 'react'
import { useMe } from '../../../live/use-me.ts'
import { keptEditPlace } from './kept-edit.ts'
import type { KeptEditPlace } from './kept-edit.ts'

/** The place where the signed-in person's edit of one text is stored. */
export function useKeptEdit(what: string): KeptEditPlace {
  const { id } = useMe()
  return useMemo(() => keptEditPlace(localStorage, id, what), [id, what])
}
