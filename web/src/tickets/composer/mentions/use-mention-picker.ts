import { mentionName, mentionOf } from '@deskbell/contract'
import type { PersonRef } from '@deskbell/contract'
import { use, useId, useRef, useState } from 'react'
import type { ComponentProps, KeyboardEvent } from 'react'
import { useMe } from '../../../live/use-me.ts'
import { useNames } from '../../../live/use-names.ts'
import { replaceText } from '../replace-text.ts'
import { caretPlace } from './caret-place.ts'
import type { CaretPlace } from './caret-place.ts'
import { mentionChoices } from './mention-choices.ts'
import { mentionQuery } from './mention-query.ts'
import type { MentionQuery } from './mention-query.ts'
import type { KnownNames } from './shown-text.ts'
import { TicketPeople } from './ticket-people.ts'

export interface MentionPicker {
  /** The people to choose from; nobody while the list is closed. */
  choices: readonly PersonRef[]
  place: CaretPlace | undefined
  listId: string
  active: number
  point(index: number): void
  pick(person: PersonRef): void
  /** The field's text or cursor changed. */
  look(field: HTMLTextAreaElement, typed: boolean): void
  /** Returns whether the key was for the list. */
  onKeyDown(event: KeyboardEvent): boolean
  close(): void
  /** What tells a screen reader of the list. */
  aria: ComponentProps<'textarea'>
}

interface Asked extends MentionQuery {
  field: HTMLTextAreaElement
  place: CaretPlace
}

/** The list of people that opens behind an `@`; the field keeps the focus. */
export function useMentionPicker(known: KnownNames, internal: boolean): MentionPicker {
  const me = useMe()
  const onTicket = use(TicketPeople)
  const listId = useId()
  const [asked, setAsked] = useState<Asked>()
  const [active, setActive] = useState(0)
  /** The `@` whose list was closed by Escape. */
  const left = useRef<number>(undefined)
  const names = useNames(asked !== undefined)
  const choices = asked
    ? mentionChoices(names ?? [], asked.typed, { onTicket, internal }, me.id)
    : []
  const chosen = choices[Math.min(active, choices.length - 1)]

  function look(field: HTMLTextAreaElement, typed: boolean) {
    const { value, selectionStart, selectionEnd } = field
    const found =
      selectionStart === selectionEnd ? mentionQuery(value, selectionStart, known) : undefined
    if (found?.at !== left.current) left.current = undefined
    if (found === undefined || left.current !== undefined || (!typed && asked === undefined))
      return setAsked(undefined)
    if (found.at === asked?.at && found.typed === asked.typed) return
    setActive(0)
    const place = found.at === asked?.at ? asked.place : caretPlace(field, found.at)
    setAsked({ ...found, field, place })
  }

  function pick(person: PersonRef) {
    if (asked === undefined) return
    const { field, at, typed } = asked
    const name = mentionName(person.name)
    if (!known.has(name)) known.set(name, person.id)
    const end = at + 1 + typed.length
    const space = /^\s/.test(field.value.slice(end)) ? '' : ' '
    const mention = known.get(name) === person.id ? `@${name}` : mentionOf(person)
    replaceText(field, [at, end], mention + space)
    setAsked(undefined)
  }

  function onKeyDown({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
    if (asked === undefined || chosen === undefined) return false
    if (ctrlKey || metaKey || altKey || shiftKey) return false
    const index = choices.indexOf(chosen)
    if (key === 'ArrowDown') setActive((index + 1) % choices.length)
    else if (key === 'ArrowUp') setActive((index + choices.length - 1) % choices.length)
    else if (key === 'Enter' || key === 'Tab') pick(chosen)
    else if (key === 'Escape') {
      left.current = asked.at
      setAsked(undefined)
    } else return false
    return true
  }

  return {
    choices,
    place: chosen && asked?.place,
    listId,
    active: chosen ? choices.indexOf(chosen) : 0,
    point: setActive,
    pick,
    look,
    onKeyDown,
    close: () => setAsked(undefined),
    aria: {
      'aria-autocomplete': 'list',
      'aria-haspopup': 'listbox',
      ...(chosen && { 'aria-controls': listId, 'aria-activedescendant': `${listId}-${chosen.id}` }),
    },
  }
}
