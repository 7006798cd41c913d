import { isMac } from '../is-mac.ts'
import classes from './key-hint.module.css'

interface KeyHintProps {
  /** In the form that `useShortcut` takes. */
  keys: string
}

const names: Record<string, string> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: isMac ? '⇧' : 'Shift',
  Escape: 'Esc',
  Enter: '↵',
  ArrowUp: '↑',
  ArrowDown: '↓',
}

/** A shortcut as keys: `G` `O`, `⌘` `K`. */
export function KeyHint({ keys }: KeyHintProps) {
  return (
    <span className={classes['keys']}>
      {keys.split(/[ +]/).map((key) => (
        <kbd key={key} className={classes['key']}>
          {names[key] ?? key.toUpperCase()}
        </kbd>
      ))}
    </span>
  )
}
