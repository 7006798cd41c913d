const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const sameYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const otherYear = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
})
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' })
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })

/** `now`, `3 min ago`, `5 h ago`, `2 d ago`, then the date. */
export function timeAgo(at: string, now: number): string {
  const age = now - Date.parse(at)
  if (age < minute) return 'now'
  if (age < hour) return `${Math.floor(age / minute)} min ago`
  if (age < day) return `${Math.floor(age / hour)} h ago`
  if (age < 7 * day) return `${Math.floor(age / day)} d ago`
  const date = new Date(at)
  const thisYear = date.getFullYear() === new Date(now).getFullYear()
  return (thisYear ? sameYear : otherYear).format(date)
}

/** Day, date and time, in the person's own time zone and language. */
export function exactTime(at: string): string {
  return exact.format(new Date(at))
}

/** The time of day: `10:42`. */
export function clockTime(at: string): string {
  return clock.format(new Date(at))
}
