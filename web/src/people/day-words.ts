const day = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' })
const hour = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  hour: 'numeric',
  minute: '2-digit',
})

/** `Sun, 29 Nov`, or `Mon 21:40` when the time is less than a day away. */
export function dayWords(at: string, now: number): string {
  const soon = Date.parse(at) - now <= 24 * 3_600_000
  return (soon ? hour : day).format(new Date(at))
}
