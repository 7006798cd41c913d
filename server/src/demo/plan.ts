import type { Priority, Status } from '@deskbell/contract'
import { isStaff, replyReopens } from '@deskbell/contract'
import { company } from './company.ts'
import type { Employee } from './company.ts'
import type { DemoTag } from './make-tags.ts'
import { officeMinutes } from './office-minutes.ts'
import { createRandom } from './random.ts'
import type { Random } from './random.ts'
import { stories } from './stories.ts'
import type { Step, Story, Voice } from './story.ts'
import { createWording } from './wording.ts'
import type { Wording } from './wording.ts'

/** What a person did to a ticket. */
export type Act = { at: number; ticket: number; by: Employee } & Deed

type Deed =
  | { kind: 'create'; title: string; body: string; priority: Priority; files: readonly string[] }
  | { kind: 'assign'; to: Employee }
  | { kind: 'tag'; add: readonly DemoTag[] }
  | { kind: 'watch'; person: Employee }
  | { kind: 'move'; to: Status }
  | { kind: 'raise'; to: Priority }
  | { kind: 'say'; text: string; internal: boolean; files: readonly string[] }

export interface PlanOptions {
  now: number
  days: number
  tickets: number
  seed: number
}

/** Everything that happened up to `now`, in order. The same seed gives the same plan. */
export function planDemo({ now, days, tickets, seed }: PlanOptions): Act[] {
  const random = createRandom(seed)
  const minutes = officeMinutes(now, days)
  const titles = new Set<string>()
  const acts: Act[] = []
  for (const [ticket, start] of startsOf(random, minutes.length, tickets).entries()) {
    acts.push(...tell({ random, minutes, ticket, start, titles }))
  }
  return inOrder(random, acts)
}

/** Indices of minutes. The last ones are near the end, so that some tickets are new. */
function startsOf(random: Random, minutes: number, count: number): number[] {
  const fresh = [4, 19, 47, 95, 140].map((ago) => minutes - ago)
  const others = Array.from({ length: count - fresh.length }, () =>
    random.between(0, minutes - 160),
  )
  return [...others, ...fresh].sort((a, b) => a - b)
}

interface Telling {
  random: Random
  minutes: readonly number[]
  ticket: number
  start: number
  titles: Set<string>
}

interface Cast {
  asker: Employee
  colleague: Employee
  agent: Employee
  lead: Employee
}

function tell(telling: Telling): Act[] {
  const { random, minutes, ticket, start, titles } = telling
  const { story, cast, wording, title } = newStory(telling)
  titles.add(title)
  const acts: Act[] = []
  let at = start
  let status = 'open' as Status

  /** Adds an act after this many office minutes, unless that is in the future. */
  function after(least: number, most: number, by: Employee, deed: Deed): void {
    at += random.between(least, most)
    const time = minutes[at]
    if (time !== undefined) acts.push({ at: time, ticket, by, ...deed })
  }

  function moveTo(to: Status): void {
    if (to === status) return
    after(1, 4, cast.agent, { kind: 'move', to })
    status = to
  }

  function take(step: Step): void {
    switch (step.kind) {
      case 'move':
        return moveTo(step.to)
      case 'raise':
        return after(2, 20, cast.agent, { kind: 'raise', to: step.to })
      case 'say': {
        const by = cast[step.by]
        if (step.by === 'agent' && !step.internal) moveTo('in_progress')
        const [least, most] = patience[step.by]
        const { internal, files } = step
        after(least, most, by, { kind: 'say', text: wording.say(step.text), internal, files })
        const relationship = { creator: by === cast.asker, watcher: by === cast.colleague }
        if (internal !== true && replyReopens(by, relationship, status)) status = 'open'
      }
    }
  }

  const body = wording.say(story.body)
  const { priority = 'medium', files = [] } = story
  after(0, 0, cast.asker, { kind: 'create', title, body, priority, files })
  // Some tickets wait for an assignee, and some were never finished.
  const isForgotten = random.chance(0.05)
  if (isForgotten) return acts
  after(5, 150, random.chance(0.5) ? cast.agent : cast.lead, { kind: 'assign', to: cast.agent })
  const isDecided = story.steps.some((step) => step.kind === 'say' && step.by === 'lead')
  const add: DemoTag[] = isDecided ? [story.team, 'decision'] : [story.team]
  after(0, 4, cast.agent, { kind: 'tag', add })
  const stepsTaken = random.chance(0.12)
    ? random.between(1, story.steps.length)
    : story.steps.length
  // People comment only on tickets that they see.
  if (story.steps.some(involvesColleague))
    after(2, 30, cast.agent, { kind: 'watch', person: cast.colleague })
  for (const step of story.steps.slice(0, stepsTaken)) take(step)
  const isStuck = stepsTaken < story.steps.length
  if (isStuck && status === 'in_progress' && random.chance(0.7)) moveTo('waiting')
  if (status === 'resolved' && random.chance(0.9)) {
    const closer = random.chance(0.3) ? cast.asker : cast.agent
    after(600, 2_400, closer, { kind: 'move', to: 'closed' })
  }
  return acts
}

function involvesColleague(step: Step): boolean {
  return step.kind === 'say' && step.by === 'colleague'
}

/** Office minutes until this person replies. */
const patience: Record<Voice, readonly [least: number, most: number]> = {
  asker: [12, 420],
  colleague: [15, 300],
  agent: [8, 360],
  lead: [20, 400],
}

function castOf(random: Random, story: Story): Cast {
  const staff = company.filter(({ role }) => isStaff(role))
  const others = company.filter(({ role }) => !isStaff(role))
  const agent = random.pick(staff.filter(({ teams }) => teams.includes(story.team)))
  const asker = story.own === true || random.chance(0.06) ? random.pick(staff) : random.pick(others)
  return {
    asker,
    colleague: random.pick(others.filter((person) => person !== asker)),
    agent,
    lead: random.pick(staff.filter((person) => person !== agent && person !== asker)),
  }
}

interface Opening {
  story: Story
  cast: Cast
  wording: Wording
  title: string
}

/** A story whose title no ticket has yet, as long as there is one. */
function newStory({ random, minutes, start, titles }: Telling): Opening {
  const created = new Date(minutes[start] ?? 0)
  const months = { month: monthOf(created, -1), 'next month': monthOf(created, 1) }
  for (let triesLeft = 40; ; triesLeft -= 1) {
    const story = random.pick(stories)
    const cast = castOf(random, story)
    const known = { ...months, colleague: cast.colleague.name }
    const wording = createWording(random, story.slots ?? {}, known)
    const title = wording.say(story.title)
    if (!titles.has(title) || triesLeft === 0) return { story, cast, wording, title }
  }
}

function monthOf(date: Date, by: number): string {
  const month = new Date(date.getFullYear(), date.getMonth() + by, 1)
  return month.toLocaleString('en', { month: 'long' })
}

/** Moves acts off whole minutes and to different times. */
function inOrder(random: Random, acts: readonly Act[]): Act[] {
  const sorted = acts.toSorted((a, b) => a.at - b.at)
  let last = 0
  return sorted.map((act) => {
    const minuteEnds = act.at + 59_000
    last = Math.max(
      last + 1,
      Math.min(minuteEnds, Math.max(act.at, last) + random.between(1, 20_000)),
    )
    return { ...act, at: last }
  })
}
