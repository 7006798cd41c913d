import { useOfflineSince } from '../live/use-offline-since.ts'
import { sayError } from '../ui/say-error.ts'
import type { PaletteItem } from './palette-item.ts'
import { PaletteOption } from './palette-option.tsx'
import classes from './palette.module.css'

interface PaletteListProps {
  id: string
  items: readonly PaletteItem[]
  active: number
  searching: boolean
  error: unknown
  onPoint: (index: number) => void
  onChoose: (run: () => void) => void
}

export function PaletteList({ id, items, active, searching, error, ...on }: PaletteListProps) {
  const isOffline = useOfflineSince() !== undefined
  return (
    <div className={classes['results']}>
      <div id={id} role="listbox" aria-label="Results">
        {inGroups(items).map(({ group, members }) => (
          <div key={group} role="group" aria-label={group}>
            <div className={classes['group']} aria-hidden="true">
              {group}
            </div>
            {members.map(({ item, index }) => (
              <PaletteOption
                key={item.id}
                id={`${id}-${index}`}
                item={item}
                active={index === active}
                onPoint={() => on.onPoint(index)}
                onChoose={() => on.onChoose(item.run)}
              />
            ))}
          </div>
        ))}
      </div>
      <p className={classes['word']} role="status">
        {isOffline && error !== undefined ? waits : word(items.length, searching, error)}
      </p>
    </div>
  )
}

const waits = 'There is no connection. The tickets are searched as soon as it is back.'

function word(count: number, searching: boolean, error: unknown): string {
  if (searching) return 'Searching the tickets…'
  if (error !== undefined) return sayError(error)
  return count === 0 ? 'Nothing matches. Try fewer or other words.' : ''
}

interface Group {
  group: string
  members: { item: PaletteItem; index: number }[]
}

/** Puts neighbours of the same group under one heading, and keeps the order. */
function inGroups(items: readonly PaletteItem[]): Group[] {
  const groups: Group[] = []
  for (const [index, item] of items.entries()) {
    const last = groups.find(({ group }) => group === item.group)
    if (last === undefined) groups.push({ group: item.group, members: [{ item, index }] })
    else last.members.push({ item, index })
  }
  return groups
}
