import { Select } from '@mantine/core'
import { auditKinds } from '@deskbell/contract'
import { useNavigate } from '@tanstack/react-router'
import { useResource } from '../../live/use-resource.ts'
import { isolated } from '../../ui/words/isolated.ts'
import classes from './audit.module.css'
import { isAuditKind } from './audit-search.ts'
import type { AuditSearch } from './audit-search.ts'

/** The filter of the entries; the URL holds it. */
export function AuditFilter({ search }: { search: AuditSearch }) {
  const navigate = useNavigate()
  const people = useResource('people') ?? []
  const show = (change: { [N in keyof AuditSearch]: AuditSearch[N] | undefined }) => {
    const { kind, person } = { ...search, ...change }
    const wanted = { ...(kind && { kind }), ...(person && { person }) }
    void navigate({ to: '/settings/audit', search: wanted, replace: true })
  }
  return (
    <>
      <Select
        aria-label="What happened"
        placeholder="Everything"
        data={Object.entries(auditKinds).map(([value, label]) => ({ value, label }))}
        value={search.kind ?? null}
        onChange={(kind) => show({ kind: isAuditKind(kind) ? kind : undefined })}
        clearable
        searchable
        className={classes['filter'] ?? ''}
      />
      <Select
        aria-label="Who did it, or whom it is about"
        placeholder="Everyone"
        data={people.map(({ id, name, email }) => ({
          value: id,
          label: `${isolated(name)} (${isolated(email)})`,
        }))}
        value={search.person ?? null}
        onChange={(person) => show({ person: person ?? undefined })}
        clearable
        searchable
        nothingFoundMessage="Nobody matches"
        className={classes['filter'] ?? ''}
      />
    </>
  )
}
