import { createContext, use } from 'react'
import type { ReactNode } from 'react'
import classes from './markdown.module.css'

/** What the page knows of a person whom a text mentions. */
export interface MentionedPerson {
  /** The name of today; undefined when the reader may not know it, or does not know it yet. */
  name: string | undefined
  isReader: boolean
}

/** A hook that reads it. A new name renders the mentions of a text, and formats nothing again. */
export const UseMentioned = createContext<(personId: string) => MentionedPerson>(() => ({
  name: undefined,
  isReader: false,
}))

interface MentionedProps {
  personId: string
  /** The name as it was written. */
  children?: ReactNode
}

/** A person in a text. */
export function Mentioned({ personId, children }: MentionedProps) {
  const useMentioned = use(UseMentioned)
  const { name, isReader } = useMentioned(personId)
  return (
    <bdi className={classes['mention']} data-me={isReader || undefined}>
      @{name ?? children}
    </bdi>
  )
}
