import { RowAssignMenu } from './row-assign-menu.tsx'
import { RowMenu } from './row-menu.tsx'
import { RowTagMenu } from './row-tag-menu.tsx'
import type { RowPickerProps } from './use-row-picker.tsx'

interface RowMenusProps extends RowPickerProps {
  /** The rows were changed. */
  onChanged: () => void
}

/** The menus that keys open beside a row. */
export function RowMenus({ onChanged, ...rows }: RowMenusProps) {
  return (
    <>
      <RowMenu {...rows} onChanged={onChanged} />
      <RowAssignMenu {...rows} onChanged={onChanged} />
      <RowTagMenu {...rows} />
    </>
  )
}
