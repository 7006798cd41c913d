const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })
const day = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' })

/** Until when something is snoozed: `until 14:15`, `until tomorrow, 09:00`, `until Mon, Nov 30, 09:00`. */
export function snoozedWords(until: Date, now: Date): string {
  const time = clock.format(until)
  const days = Math.round((startOf(until) - startOf(now)) / 86_400_000)
  if (days === 0) return `until ${time}`
  return days === 1 ? `until tomorrow, ${time}` : `until ${day.format(until)}, ${time}`
}

function startOf(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}
