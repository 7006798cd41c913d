import { Popover, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { isStaff } from '@deskbell/contract'
import type { PersonRef } from '@deskbell/contract'
import { use, useEffect, useRef } from 'react'
import { useMe } from '../../../live/use-me.ts'
import { PersonAvatar } from '../../../ui/marks/person-avatar.tsx'
import classes from './mention-list.module.css'
import { TicketPeople } from './ticket-people.ts'
import type { MentionPicker } from './use-mention-picker.ts'

interface MentionListProps {
  picker: MentionPicker
  internal: boolean
}

/** The people to mention, at the `@` in the field. */
export function MentionList({ picker, internal }: MentionListProps) {
  const { choices, place, listId, active, point, pick } = picker
  const me = useMe()
  const here = use(TicketPeople)
  const sees = (person: PersonRef) => person.staff || here.some(({ id }) => id === person.id)
  return (
    <>
      <VisuallyHidden role="status">
        {place && `${choices.length === 1 ? '1 person' : `${choices.length} people`} to mention`}
      </VisuallyHidden>
      <Popover
        opened={place !== undefined}
        position="top-start"
        width={280}
        withRoles={false}
        trapFocus={false}
        closeOnEscape={false}
        closeOnClickOutside={false}
      >
        <Popover.Target>
          <span className={classes['anchor']} style={place} />
        </Popover.Target>
        <Popover.Dropdown className={classes['dropdown'] ?? ''}>
          <div
            id={listId}
            role="listbox"
            aria-label="People to mention"
            className={classes['list']}
          >
            {choices.map((person, index) => (
              <Option
                key={person.id}
                id={`${listId}-${person.id}`}
                person={person}
                hint={here.length > 0 && !sees(person) ? 'does not see this ticket' : undefined}
                active={index === active}
                onPoint={() => point(index)}
                onPick={() => pick(person)}
              />
            ))}
          </div>
          {internal && <p className={classes['foot']}>Notes reach staff only.</p>}
          {!internal && !isStaff(me.role) && (
            <p className={classes['foot']}>People whom your tickets show.</p>
          )}
        </Popover.Dropdown>
      </Popover>
    </>
  )
}

interface OptionProps {
  id: string
  person: PersonRef
  hint: string | undefined
  active: boolean
  onPoint: () => void
  onPick: () => void
}

function Option({ id, person, hint, active, onPoint, onPick }: OptionProps) {
  const element = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (active) element.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <UnstyledButton
      ref={element}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={active}
      className={classes['option']}
      onMouseMove={onPoint}
      // The field keeps the focus, and a phone its keyboard.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPick}
    >
      <PersonAvatar person={person} size={20} decorative />
      <span className={classes['words']}>
        <bdi className={classes['name']}>{person.name}</bdi>
        {hint !== undefined && <small className={classes['hint']}>{hint}</small>}
      </span>
    </UnstyledButton>
  )
}
