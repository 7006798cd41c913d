import { mayManagePeople } from '@deskbell/contract'
import { PageTitle } from '../shell/page-title.tsx'
import { useMe } from '../live/use-me.ts'
import { NotYours } from '../ui/not-yours.tsx'
import { People } from './people.tsx'

/** Super admins manage accounts here. */
export function PeoplePage() {
  const me = useMe()
  return (
    <>
      <PageTitle>People</PageTitle>
      {mayManagePeople(me) ? (
        <People />
      ) : (
        <NotYours title="Super admins manage people" to="/" back="Back to the tickets">
          Ask one of them to invite someone or to change a role.
        </NotYours>
      )}
    </>
  )
}
