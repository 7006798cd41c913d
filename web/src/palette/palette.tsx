interface PaletteProps {
  opened: boolean
  onClose: () => void
}

export function Palette(_props: PaletteProps) {
  return null
}
