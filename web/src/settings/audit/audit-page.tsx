import { mayReadAudit } from '@deskbell/contract'
import { useSearch } from '@tanstack/react-router'
import { PageTitle } from '../../shell/page-title.tsx'
import { useMe } from '../../live/use-me.ts'
import { NotYours } from '../../ui/not-yours.tsx'
import { AuditLog } from './audit-log.tsx'

export function AuditPage() {
  const me = useMe()
  const search = useSearch({ from: '/desk/settings/audit' })
  return (
    <>
      <PageTitle>Audit</PageTitle>
      {mayReadAudit(me) ? (
        <AuditLog search={search} />
      ) : (
        <NotYours
          title="The audit log is for super admins"
          to="/settings"
          back="Back to the settings"
        >
          Ask one of them who did what.
        </NotYours>
      )}
    </>
  )
}
