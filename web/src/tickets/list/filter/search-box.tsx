import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { limits } from '@deskbell/contract'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { isComposing } from '../../../shell/key-of.ts'
import { useShortcut } from '../../../shell/shortcuts.tsx'
import classes from '../list-header.module.css'
import { useListSearch } from './use-list-search.ts'

/** Long enough that a word typed quickly causes one search. */
const debounceMs = 250

export interface SearchBoxProps {
  /** The person goes on to the results of this term; undefined when none is searched any more. */
  onResults: (term: string | undefined) => void
  /** The person leaves the box, and keeps the search. */
  onLeave: () => void
}

export function SearchBox({ onResults, onLeave }: SearchBoxProps) {
  const [{ q = '' }, change] = useListSearch()
  const [text, setText] = useState(q)
  const [asked, setAsked] = useState(q)
  const input = useRef<HTMLInputElement>(null)
  useShortcut('/', 'Search', 'List', () => input.current?.select())

  // Something else changed the address: a view was chosen, or the filters were cleared.
  if (asked !== q) {
    setAsked(q)
    setText(q)
  }

  const term = text.trim() === '' ? undefined : text.trim()
  const ask = useEffectEvent(() => {
    setAsked(term ?? '')
    change({ q: term })
  })
  useEffect(() => {
    if (text === asked) return undefined
    const timer = setTimeout(() => ask(), debounceMs)
    return () => clearTimeout(timer)
  }, [text, asked])

  function onKeyDown(event: KeyboardEvent) {
    if (isComposing(event.nativeEvent)) return
    if (event.key === 'Enter' || event.key === 'ArrowDown') {
      event.preventDefault()
      if (text !== asked) {
        setAsked(term ?? '')
        change({ q: term })
      }
      onResults(term)
    }
    // The search stays: another Escape, outside of the box, ends it.
    if (event.key === 'Escape') {
      event.preventDefault()
      input.current?.blur()
      onLeave()
    }
  }

  return (
    <TextInput
      ref={input}
      className={classes['search']}
      type="search"
      size="xs"
      aria-label="Search all tickets"
      aria-keyshortcuts="/"
      placeholder="Search all tickets"
      maxLength={limits.searchLength}
      leftSection={<IconSearch size={14} stroke={1.6} />}
      rightSection={
        text !== '' && (
          <CloseButton
            size="xs"
            aria-label="Clear the search"
            data-focus-after="input"
            onClick={() => setText('')}
          />
        )
      }
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  )
}
