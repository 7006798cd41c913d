import { Button } from '@mantine/core'
import { IconMapOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Message } from '../ui/message.tsx'
import { PageTitle } from '../shell/page-title.tsx'

export function NotFoundPage() {
  return (
    <>
      <PageTitle>No such page</PageTitle>
      <Message
        icon={<IconMapOff size={32} stroke={1.5} />}
        title="There is no such page"
        heading="page"
        action={
          <Button component={Link} to="/" variant="default">
            Go to the tickets
          </Button>
        }
      >
        The address may be mistyped, or what was here has moved.
      </Message>
    </>
  )
}
