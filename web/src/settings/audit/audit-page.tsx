import { Button } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { mayReadAudit } from '@deskbell/contract'
import { Link, useSearch } from '@tanstack/react-router'
import { PageTitle } from '../../app/page-title.tsx'
import { useMe } from '../../live/use-me.ts'
import { Message } from '../../ui/message.tsx'
import { AuditLog } from './audit-log.tsx'

export function AuditPage() {
  const me = useMe()
  const search = useSearch({ from: '/desk/settings/audit' })
  return (
    <>
      <PageTitle>Audit</PageTitle>
      {mayReadAudit(me) ? <AuditLog search={search} /> : <NotYours />}
    </>
  )
}

function NotYours() {
  return (
    <Message
      icon={<IconLock size={32} stroke={1.5} />}
      title="The audit log is for super admins"
      heading="page"
      action={
        <Button component={Link} to="/settings" variant="default">
          Back to the settings
        </Button>
      }
    >
      Ask one of them who did what.
    </Message>
  )
}
