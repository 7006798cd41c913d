import { Button, Loader, VisuallyHidden } from '@mantine/core'
import { useIntersection } from '@mantine/hooks'
import { IconHistory, IconRefresh } from '@tabler/icons-react'
import { paths } from '@deskbell/contract'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { baseUrl } from '../../live/base-url.ts'
import { NotLoaded } from '../../shell/not-loaded.tsx'
import { Message } from '../../ui/message.tsx'
import { Page, PageList } from '../../ui/page.tsx'
import { sayError } from '../../ui/say-error.ts'
import { AuditFilter } from './audit-filter.tsx'
import { AuditRow } from './audit-row.tsx'
import type { AuditSearch } from './audit-search.ts'
import classes from './audit.module.css'
import { useAuditEntries } from './use-audit-entries.ts'

/** The entries of the audit log, and their download as CSV. */
export function AuditLog({ search }: { search: AuditSearch }) {
  const { entries, next, error, loading, loadMore, reload } = useAuditEntries(search)
  return (
    <Page
      title={
        <span className={classes['path']}>
          <Link to="/settings">Settings</Link> <span aria-hidden="true">/</span> Audit
        </span>
      }
      action={
        <Button component="a" variant="default" download href={downloadUrl(search)}>
          Download CSV
        </Button>
      }
    >
      <p className={classes['about']}>
        Who signed in, who changed accounts and settings, and who corrected or removed what others
        wrote. Nobody can change an entry. Each is kept for 400 days.
      </p>
      <div className={classes['tools']}>
        <AuditFilter search={search} />
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} aria-hidden="true" />}
          loading={loading && entries !== undefined}
          onClick={reload}
        >
          Refresh
        </Button>
      </div>
      {entries === undefined && <NotLoaded what="The audit log" error={error} onRetry={reload} />}
      {entries?.length === 0 && !loading && <NothingFound />}
      {entries !== undefined && entries.length > 0 && (
        <>
          <PageList aria-label="Audit log" aria-busy={loading}>
            {entries.map((entry) => (
              <AuditRow key={entry.id} entry={entry} />
            ))}
          </PageList>
          <EndOfAudit more={next !== null} error={error} onMore={loadMore} />
        </>
      )}
    </Page>
  )
}

function NothingFound() {
  return (
    <Message icon={<IconHistory size={32} stroke={1.5} />} title="Nothing was recorded">
      No entry matches the filters above.
    </Message>
  )
}

interface EndOfAuditProps {
  more: boolean
  error: unknown
  onMore: () => void
}

/** Fetches the next page when its own place comes near the visible part, and shows a failure. */
function EndOfAudit({ more, error, onMore }: EndOfAuditProps) {
  const { ref, entry } = useIntersection({ rootMargin: '400px' })
  const wanted = more && error === undefined && entry?.isIntersecting === true
  useEffect(() => {
    if (wanted) onMore()
  })
  if (error !== undefined) {
    return (
      <div className={classes['end']}>
        <span role="alert">{sayError(error)}</span>
        <Button size="compact-sm" variant="default" onClick={onMore}>
          Load more
        </Button>
      </div>
    )
  }
  if (!more) return null
  return (
    <div className={classes['end']} ref={ref}>
      <Loader size="xs" color="gray" aria-hidden="true" />
      <VisuallyHidden>More entries follow</VisuallyHidden>
    </div>
  )
}

function downloadUrl(search: AuditSearch): string {
  const query = new URLSearchParams({ ...search }).toString()
  return `${baseUrl}${paths.auditCsv[1]}${query === '' ? '' : `?${query}`}`
}
