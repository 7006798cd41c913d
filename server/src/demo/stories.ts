import { computers } from './stories/computers.ts'
import { office } from './stories/office.ts'
import { payroll } from './stories/payroll.ts'
import { questions } from './stories/questions.ts'
import { systems } from './stories/systems.ts'
import type { Story } from './story.ts'

export const stories: readonly Story[] = [
  ...computers,
  ...systems,
  ...office,
  ...payroll,
  ...questions,
]
