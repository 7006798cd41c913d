import { useMemo } from 'react'
import { exactTime, timeAgo } from '../words/time-words.ts'
import { useNow } from '../clock.tsx'

interface RelativeTimeProps {
  at: string
  /** Leaves “ago” out, where there is little room. */
  short?: boolean
}

/** How long ago, with the exact time on hover. */
export function RelativeTime({ at, short = false }: RelativeTimeProps) {
  const now = useNow()
  const exact = useMemo(() => exactTime(at), [at])
  return (
    <time dateTime={at} title={exact} style={{ whiteSpace: 'nowrap' }}>
      {short ? timeAgo(at, now).replace(' ago', '') : timeAgo(at, now)}
    </time>
  )
}
