import { Popover, VisuallyHidden } from '@mantine/core'
import { isStaff } from '@deskbell/contract'
import type { PersonRef } from '@deskbell/contract'
import { use } from 'react'
import { useMe } from '../../../live/use-me.ts'
import { ActiveOption } from '../../../ui/active-option.tsx'
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
              <ActiveOption
                key={person.id}
                id={`${listId}-${person.id}`}
                active={index === active}
                className={classes['option']}
                onPoint={() => point(index)}
                onChoose={() => pick(person)}
              >
                <PersonWords
                  person={person}
                  hint={here.length > 0 && !sees(person) ? 'does not see this ticket' : undefined}
                />
              </ActiveOption>
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

interface PersonWordsProps {
  person: PersonRef
  hint: string | undefined
}

function PersonWords({ person, hint }: PersonWordsProps) {
  return (
    <>
      <PersonAvatar person={person} size={20} decorative />
      <span className={classes['words']}>
        <bdi className={classes['name']}>{person.name}</bdi>
        {hint !== undefined && <small className={classes['hint']}>{hint}</small>}
      </span>
    </>
  )
}
