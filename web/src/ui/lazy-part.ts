import { lazy } from 'react'
import type { ComponentType } from 'react'
import { loadWhenServed } from './load-when-served.ts'

/** The component `name` of a module that loads when the component is first shown. */
export function lazyPart<Name extends string, Props>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
) {
  return lazy(async () => ({ default: (await loadWhenServed(load))[name] }))
}
