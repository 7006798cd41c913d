import { exactTime, timeAgo } from '../words/time-words.ts'
import { useNow } from '../clock.tsx'

interface RelativeTimeProps {
  at: string
}

/** How long ago, with the exact time on hover. */
export function RelativeTime({ at }: RelativeTimeProps) {
  const now = useNow()
  return (
    <time dateTime={at} title={exactTime(at)} style={{ whiteSpace: 'nowrap' }}>
      {timeAgo(at, now)}
    </time>
  )
}
