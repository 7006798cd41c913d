import type { Reply } from '@deskbell/contract'
import type { ReactNode } from 'react'
import { useDesk } from '../live/use-desk.ts'
import { fileSize } from '../ui/words/file-size.ts'
import { PersonAvatar } from '../ui/marks/person-avatar.tsx'
import { NotLoaded } from '../shell/not-loaded.tsx'
import { SettingsSection } from './settings-section.tsx'
import classes from './storage.module.css'
import { useFetched } from './use-fetched.ts'

/** Shows super admins how full the server's disk is and whose files and texts take the space. */
export function StorageSection() {
  return (
    <SettingsSection
      title="Storage"
      text="What takes the space on the server’s disk. When the reserve is reached, the server accepts no more files; everything else goes on."
    >
      <Storage />
    </SettingsSection>
  )
}

function Storage() {
  const { api } = useDesk()
  const { value, error, reload } = useFetched((signal) => api.call('storage', { signal }))
  if (value !== undefined) return <Space storage={value} />
  return <NotLoaded what="The storage" error={error} onRetry={reload} />
}

function Space({ storage }: { storage: Reply<'storage'> }) {
  const { disk, database, files, quotaPerPerson, people } = storage
  return (
    <div className={classes['storage']}>
      <FullSentence storage={storage} />
      <dl className={classes['figures']}>
        <Figure name="Disk" of={disk.total} part={disk.total - disk.free}>
          {fileSize(disk.free)} free of {fileSize(disk.total)}
        </Figure>
        <Figure name="Kept free, as a reserve">{fileSize(disk.reserve)}</Figure>
        <Figure name="All files" of={files.quota} part={files.bytes}>
          {fileSize(files.bytes)} of {fileSize(files.quota)}
        </Figure>
        <Figure name="Files of one person, at most">{fileSize(quotaPerPerson)}</Figure>
        <Figure name="Database">{fileSize(database)}</Figure>
      </dl>
      <WhoTakesMost people={people} />
      <details className={classes['full']}>
        <summary>When it is full</summary>
        <ul>
          <li>
            Remove files that nobody needs: open their ticket and choose <em>Remove</em> beside the
            file. That works on a full disk, too.
          </li>
          <li>Give the server a larger disk, or remove from it what is not Deskbell’s.</li>
          <li>
            Change <code>FILES_TOTAL_MB</code>, <code>FILES_PER_PERSON_MB</code> or{' '}
            <code>DISK_RESERVE_MB</code> and start Deskbell again.
          </li>
        </ul>
      </details>
    </div>
  )
}

function FullSentence({ storage: { disk, files } }: { storage: Reply<'storage'> }) {
  const why = [
    disk.free < disk.reserve && 'less is free on the disk than the reserve',
    files.bytes >= files.quota && 'all files together take all that they may',
  ].filter((reason) => reason !== false)
  if (why.length === 0) return null
  return (
    <p className={classes['refused']} role="status">
      No files are taken now: {why.join(', and ')}.
    </p>
  )
}

interface FigureProps {
  name: string
  /** The bar shows `part` of `of`. */
  part?: number
  of?: number
  children: ReactNode
}

function Figure({ name, part = 0, of, children }: FigureProps) {
  return (
    <div className={classes['figure']}>
      <dt>{name}</dt>
      <dd>{children}</dd>
      {of !== undefined && <Bar share={of === 0 ? 1 : part / of} />}
    </div>
  )
}

/** Decorative: the figure beside it says the same in words. */
function Bar({ share }: { share: number }) {
  const width = `${Math.min(100, Math.round(share * 100))}%`
  return (
    <span className={classes['bar']} data-full={share >= 0.9 || undefined} aria-hidden="true">
      <span style={{ width }} />
    </span>
  )
}

function WhoTakesMost({ people }: { people: Reply<'storage'>['people'] }) {
  if (people.length === 0)
    return <p className={classes['nobody']}>Nobody has written or attached anything yet.</p>
  return (
    <div>
      <h3 className={classes['heading']}>Who takes most</h3>
      <ul className={classes['people']} aria-label="Who takes most">
        {people.map(({ person, bytes, count, text }) => (
          <li key={person.id}>
            <PersonAvatar person={person} decorative />
            <span className={classes['name']} title={person.name}>
              <bdi>{person.name}</bdi>
              {!person.active && <span className={classes['quiet']}> (deactivated)</span>}
            </span>
            <span className={classes['quiet']}>
              {count === 1 ? '1 file' : `${count} files`}, {fileSize(text)} of text
            </span>
            <span className={classes['bytes']}>{fileSize(bytes + text)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
