import classes from './ticket-row.module.css'

interface RowCheckProps {
  number: number
  checked: boolean
  onToggle: () => void
  /** Called with Shift held: selects everything from the last selected row. */
  onExtend: () => void
}

export function RowCheck({ number, checked, onToggle, onExtend }: RowCheckProps) {
  return (
    <label className={classes['check']}>
      <input
        type="checkbox"
        aria-label={`Select #${number}`}
        checked={checked}
        // Only the click event says whether Shift is held.
        onChange={({ nativeEvent }) =>
          nativeEvent instanceof PointerEvent && nativeEvent.shiftKey ? onExtend() : onToggle()
        }
      />
    </label>
  )
}
