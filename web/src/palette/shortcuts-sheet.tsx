interface ShortcutsSheetProps {
  opened: boolean
  onClose: () => void
}

export function ShortcutsSheet(_props: ShortcutsSheetProps) {
  return null
}
