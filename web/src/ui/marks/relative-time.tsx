import { useMemo } from 'react'
import { exactTime, timeAgo } from '../words/time-words.ts'
import { useNow } from '../clock.tsx'

interface RelativeTimeProps {
  at: string
}

/** How long ago, with the exact time on hover. */
export function RelativeTime({ at }: RelativeTimeProps) {
  const now = useNow()
  const exact = useMemo(() => exactTime(at), [at])
  return (
    <time dateTime={at} title={exact} style={{ whiteSpace: 'nowrap' }}>
      {timeAgo(at, now)}
    </time>
  )
}
