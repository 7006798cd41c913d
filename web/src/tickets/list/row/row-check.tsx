import classes from './ticket-row.module.css'

interface RowCheckProps {
  number: number
  checked: boolean
  onToggle: () => void
  /** With Shift: everything from the row chosen last. */
  onExtend: () => void
}

export function RowCheck({ number, checked, onToggle, onExtend }: RowCheckProps) {
  return (
    <label className={classes['check']}>
      <input
        type="checkbox"
        aria-label={`Select #${number}`}
        checked={checked}
        // Only the click says whether Shift is held.
        onChange={({ nativeEvent }) =>
          nativeEvent instanceof PointerEvent && nativeEvent.shiftKey ? onExtend() : onToggle()
        }
      />
    </label>
  )
}
