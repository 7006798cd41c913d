import { mayManagePeople, viewsFor } from '@deskbell/contract'
import type { ViewName } from '@deskbell/contract'
import { useNavigate } from '@tanstack/react-router'
import { useMe } from '../../live/use-me.ts'
import { useShortcut } from '../../shell/shortcuts.tsx'
import { viewWords } from '../../ui/words/view-words.ts'

interface FrameShortcutsProps {
  /** Absent where the rail cannot be folded. */
  onFold: (() => void) | undefined
  onPalette: () => void
  onShortcuts: () => void
}

/** The keys that work on every page. */
export function FrameShortcuts({ onFold, onPalette, onShortcuts }: FrameShortcutsProps) {
  const me = useMe()
  const navigate = useNavigate()
  useShortcut('mod+k', 'Search or jump to', 'Anywhere', onPalette)
  useShortcut('c', 'New ticket', 'Anywhere', () => void navigate({ to: '/new' }))
  useShortcut('?', 'Show the keyboard shortcuts', 'Anywhere', onShortcuts)
  useShortcut('[', 'Collapse or expand the side bar', 'Anywhere', () => onFold?.(), {
    enabled: onFold !== undefined,
  })
  useShortcut('g i', 'Inbox', 'Go to', () => void navigate({ to: '/inbox' }))
  useShortcut('g s', 'Settings', 'Go to', () => void navigate({ to: '/settings' }))
  useShortcut('g p', 'People', 'Go to', () => void navigate({ to: '/people' }), {
    enabled: mayManagePeople(me),
  })
  return viewsFor(me.role).map((view) => <ViewShortcut key={view} view={view} />)
}

function ViewShortcut({ view }: { view: ViewName }) {
  const navigate = useNavigate()
  const { keys, label } = viewWords[view]
  useShortcut(keys, label, 'Go to', () => void navigate({ to: '/', search: { view } }))
  return null
}
