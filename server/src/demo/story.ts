import type { Priority, Status } from '@deskbell/contract'

export type Team = 'computers' | 'systems' | 'office' | 'payroll'

/** The speaker: the person who asked, a colleague (who is made a watcher), the assignee, or another of the staff. */
export type Voice = 'asker' | 'colleague' | 'agent' | 'lead'

/**
 * One kind of request in an office, from the question to its end. Texts may contain `[slot]`, one word for the whole
 * story, and `{this|that}`, which is chosen each time.
 */
export interface Story {
  team: Team
  title: string
  body: string
  priority?: Priority
  /** Staff raise it themselves. */
  own?: true
  /** File names; the ending decides about the content. */
  files?: readonly string[]
  slots?: Readonly<Record<string, readonly string[]>>
  steps: readonly Step[]
}

export type Step =
  | { kind: 'say'; by: Voice; text: string; internal: boolean; files: readonly string[] }
  | { kind: 'move'; to: Status }
  | { kind: 'raise'; to: Priority }

export function asker(text: string, ...files: string[]): Step {
  return { kind: 'say', by: 'asker', text, internal: false, files }
}

export function colleague(text: string, ...files: string[]): Step {
  return { kind: 'say', by: 'colleague', text, internal: false, files }
}

export function agent(text: string, ...files: string[]): Step {
  return { kind: 'say', by: 'agent', text, internal: false, files }
}

export function note(text: string, ...files: string[]): Step {
  return { kind: 'say', by: 'agent', text, internal: true, files }
}

export function lead(text: string, ...files: string[]): Step {
  return { kind: 'say', by: 'lead', text, internal: true, files }
}

export function move(to: Status): Step {
  return { kind: 'move', to }
}

export function raise(to: Priority): Step {
  return { kind: 'raise', to }
}
