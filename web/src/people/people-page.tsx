import { Button } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { mayManagePeople } from '@deskbell/contract'
import { Link } from '@tanstack/react-router'
import { PageTitle } from '../app/page-title.tsx'
import { useMe } from '../live/use-me.ts'
import { Message } from '../ui/message.tsx'
import { People } from './people.tsx'

/** Who works here, for super admins to look after. */
export function PeoplePage() {
  const me = useMe()
  return (
    <>
      <PageTitle>People</PageTitle>
      {mayManagePeople(me) ? <People /> : <NotYours />}
    </>
  )
}

function NotYours() {
  return (
    <Message
      icon={<IconLock size={32} stroke={1.5} />}
      title="Super admins look after people"
      heading="page"
      action={
        <Button component={Link} to="/" variant="default">
          Back to the tickets
        </Button>
      }
    >
      Ask one of them to invite someone or to change a role.
    </Message>
  )
}
