const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
const opens = 8
const closes = 18

/** The last hours always count as office hours: a demo started at night should not look abandoned. */
const alwaysOpenMs = 3 * 60 * minuteMs

/** Every minute of office hours during `days` days before `now`, oldest first. */
export function officeMinutes(now: number, days: number): readonly number[] {
  const minutes: number[] = []
  for (let minute = now - days * dayMs; minute < now; minute += minuteMs) {
    if (now - minute <= alwaysOpenMs || isOpen(new Date(minute))) minutes.push(minute)
  }
  return minutes
}

function isOpen(time: Date): boolean {
  const isWeekend = time.getDay() === 0 || time.getDay() === 6
  return !isWeekend && time.getHours() >= opens && time.getHours() < closes
}
