import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { limits } from '@deskbell/contract'
import { useEffect, useRef, useState } from 'react'
import { useShortcut } from '../../../shell/shortcuts.tsx'
import classes from '../list-header.module.css'
import { useListSearch } from './use-list-search.ts'

/** Long enough that a word typed quickly causes one search. */
const debounceMs = 250

export function SearchBox() {
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

  useEffect(() => {
    if (text === asked) return undefined
    const timer = setTimeout(() => {
      const term = text.trim()
      setAsked(term)
      change({ q: term === '' ? undefined : term })
    }, debounceMs)
    return () => clearTimeout(timer)
  }, [text, asked, change])

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
          <CloseButton size="xs" aria-label="Clear the search" onClick={() => setText('')} />
        )
      }
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        if (text === '') input.current?.blur()
        else setText('')
      }}
    />
  )
}
