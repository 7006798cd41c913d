const hour = 3_600_000

/** A time to which one may put something off. */
export interface SnoozeTime {
  label: string
  at: Date
}

/** The times that are offered at a time, soonest first: in the person's own time zone. */
export function snoozeTimes(now: Date): SnoozeTime[] {
  const later = new Date(now.getTime() + 3 * hour)
  // To the next full quarter: nobody waits for 14:07.
  later.setMinutes(Math.ceil(later.getMinutes() / 15) * 15, 0, 0)
  const tomorrow = morning(now, 1)
  const nextWeek = morning(now, (8 - now.getDay()) % 7 || 7)
  const isToday = later.getDate() === now.getDate()
  return [
    ...(isToday ? [{ label: 'Later today', at: later }] : []),
    { label: 'Tomorrow morning', at: tomorrow },
    // On a Sunday both are the same.
    ...(nextWeek.getTime() === tomorrow.getTime() ? [] : [{ label: 'Next week', at: nextWeek }]),
  ]
}

function morning(now: Date, inDays: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + inDays, 9)
}
