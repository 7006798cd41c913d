import { useState } from 'react'
import { remember } from '../ui/remember.ts'

/** One of a few choices, remembered in this browser. The first choice is the default. */
export function useRemembered<T extends string>(
  key: string,
  choices: readonly [T, ...T[]],
): [T, (choice: T) => void] {
  const [choice, setChoice] = useState(
    () => choices.find((one) => one === localStorage.getItem(key)) ?? choices[0],
  )
  function choose(next: T) {
    remember(key, next)
    setChoice(next)
  }
  return [choice, choose]
}
