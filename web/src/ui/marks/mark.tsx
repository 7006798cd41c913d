interface MarkProps {
  size?: number
}

/** Deskbell's logo: a bell on a counter. */
export function Mark({ size = 24 }: MarkProps) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" style={{ flex: 'none' }}>
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <path d="M7 22h18v-1.2a9 9 0 0 0-18 0z" fill="#fff" />
      <rect x="6" y="23.4" width="20" height="2.6" rx="1.3" fill="#fff" />
      <circle cx="16" cy="9.4" r="2.2" fill="#fff" />
    </svg>
  )
}
