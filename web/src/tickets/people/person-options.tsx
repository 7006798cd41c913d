import { Combobox } from '@mantine/core'
import type { ComboboxStore } from '@mantine/core'
import type { ReactNode } from 'react'
import { isFound } from '@deskbell/contract'
import type { PersonRef } from '@deskbell/contract'
import { useEffect, useState } from 'react'
import { useNames } from '../../live/use-names.ts'
import { useOfflineSince } from '../../live/use-offline-since.ts'
import { PersonAvatar } from '../../ui/marks/person-avatar.tsx'
import { useHighlight } from '../../ui/use-highlight.ts'
import classes from './person-options.module.css'

export interface Choice {
  /** People may have the same name. */
  id: string
  label: string
  icon: ReactNode
  onPick: () => void
}

interface PersonOptionsProps {
  label: string
  first?: readonly Choice[]
  offers: (person: PersonRef) => boolean
  onPick: (person: PersonRef) => void
  nobody: string
  combobox: ComboboxStore
}

/** The list of an open person menu; it fetches the names when it opens. */
export function PersonOptions(props: PersonOptionsProps) {
  const { label, first = [], offers, onPick, nobody, combobox } = props
  const names = useNames()
  const isOffline = useOfflineSince() !== undefined
  const [query, setQuery] = useState('')
  const wanted = query.trim()
  const choices = [
    ...(wanted === '' ? first : []),
    ...(names ?? []).filter(offers).map((person) => choiceOf(person, onPick)),
  ]
  const found = choices.filter((choice) => isFound(choice.label, wanted))

  useEffect(() => {
    combobox.focusSearchInput()
    // Once, when the menu opens.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])

  useHighlight(combobox, { typed: wanted, ids: found.map(({ id }) => id) })

  return (
    <>
      <Combobox.Search
        aria-label={label}
        placeholder={label}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <Combobox.Options className={classes['people']} aria-label={label}>
        {found.map((choice) => (
          <Combobox.Option key={choice.id} value={choice.id} onClick={choice.onPick}>
            <span className={classes['person']}>
              {choice.icon}
              <span className={classes['name']} title={choice.label}>
                {choice.label}
              </span>
            </span>
          </Combobox.Option>
        ))}
        {found.length === 0 && (
          <Combobox.Empty>
            {names === undefined ? loadingWords(isOffline) : emptyWords(query, nobody)}
          </Combobox.Empty>
        )}
      </Combobox.Options>
    </>
  )
}

function choiceOf(person: PersonRef, onPick: (person: PersonRef) => void): Choice {
  return {
    id: person.id,
    label: person.name,
    icon: <PersonAvatar person={person} size={20} decorative />,
    onPick: () => onPick(person),
  }
}

function loadingWords(isOffline: boolean): string {
  if (!isOffline) return 'Loading the names'
  return 'There is no connection. The names load as soon as it is back.'
}

function emptyWords(query: string, nobody: string): string {
  return query.trim() === '' ? nobody : `Nobody is called “${query.trim()}”.`
}
