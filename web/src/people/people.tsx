import { Button, TextInput } from '@mantine/core'
import { IconSearch, IconUserPlus } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useResource } from '../live/use-resource.ts'
import { NotLoaded } from '../shell/not-loaded.tsx'
import { Page } from '../ui/page.tsx'
import { PeopleList } from './people-list.tsx'
import { PersonDialogs } from './person-dialogs.tsx'
import classes from './people.module.css'
import { StateFilter } from './state-filter.tsx'
import { usePersonDialog } from './use-person-dialog.ts'
import type { StateChoice } from './state-filter.tsx'

/** All accounts, with a search and the actions on each. */
export function People() {
  const people = useResource('people')
  const navigate = useNavigate()
  const { invite } = useSearch({ from: '/desk/people' })
  const dialog = usePersonDialog(invite === undefined ? undefined : { kind: 'invite' })
  const [search, setSearch] = useState('')
  const [choice, setChoice] = useState<StateChoice>('all')

  // The form is open by now, and a reload should not open it again.
  useEffect(() => {
    if (invite !== undefined) void navigate({ to: '/people', search: {}, replace: true })
  }, [invite, navigate])

  return (
    <Page
      title="People"
      action={
        <Button
          leftSection={<IconUserPlus size={16} aria-hidden="true" />}
          onClick={() => dialog.open({ kind: 'invite' })}
        >
          Invite
        </Button>
      }
    >
      {people === undefined ? (
        <NotLoaded what="The people" />
      ) : (
        <>
          <div className={classes['tools']}>
            <TextInput
              type="search"
              aria-label="Search people"
              placeholder="Search by name or e-mail"
              leftSection={<IconSearch size={16} aria-hidden="true" />}
              className={classes['search'] ?? ''}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
            <StateFilter people={people} choice={choice} onChoose={setChoice} />
          </div>
          <PeopleList
            people={people}
            search={search}
            choice={choice}
            onAct={dialog.open}
            onClear={() => {
              setSearch('')
              setChoice('all')
            }}
          />
          <PersonDialogs people={people} dialog={dialog} />
        </>
      )}
    </Page>
  )
}
