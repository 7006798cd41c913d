const format = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
})

/** `Sun, 29 Nov, 21:40`: enough for a time within days. */
export function dayWords(at: string): string {
  return format.format(new Date(at))
}
