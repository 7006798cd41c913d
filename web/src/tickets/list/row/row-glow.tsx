import { useState } from 'react'
import classes from './ticket-row.module.css'
import { glowMs } from '../rows/use-glows.ts'

interface RowGlowProps {
  at: number | undefined
}

/** Glows only while the change is fresh, not again when the row scrolls back into view. */
export function RowGlow({ at }: RowGlowProps) {
  const [fresh] = useState(() => at !== undefined && Date.now() - at < glowMs)
  if (!fresh) return null
  return <span className={classes['glow']} aria-hidden="true" data-testid="glow" />
}
