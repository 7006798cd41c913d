import type { Random } from './random.ts'

type Slots = Readonly<Record<string, readonly string[]>>

/** Slots that every story may use. */
const everyday: Slots = {
  day: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'],
  room: [
    'the Harbour room',
    'the boardroom',
    'the training room',
    'room 2.14',
    'room 3.02',
    'room 1.07',
    'the library',
  ],
  desk: ['2.07', '2.11', '3.04', '3.12', '1.15', '1.22', '3.21'],
  laptop: ['BW-0231', 'BW-0248', 'BW-0305', 'BW-0317', 'BW-0322', 'BW-0340', 'BW-0359'],
  printer: ['PRN-1-MONO', 'PRN-2-COLOUR', 'PRN-3-COLOUR', 'PRN-FRONT-DESK', 'PRN-DISPATCH'],
  customer: [
    'Halden Shipping',
    'Marlowe & Finch',
    'Costa Verde Hotels',
    'Northgate Academy',
    'Aurora Clinics',
    'Petrie Foods',
    'Kestrel Logistics',
    'Ilmari Design',
    'Sunniva Energy',
    'Banco Atlántico',
  ],
  amount: ['€ 84.50', '€ 126.00', '€ 212.40', '€ 318.75', '€ 1,250.00'],
}

export interface Wording {
  /** The text with its slots filled and its choices made. */
  say(text: string): string
}

/** The wording of one story: a slot has one value in the whole story. */
export function createWording(
  random: Random,
  slots: Slots,
  known: Readonly<Record<string, string>>,
): Wording {
  const filled = new Map(Object.entries(known))

  function fill(slot: string): string {
    const choices = slots[slot] ?? everyday[slot]
    const word = filled.get(slot) ?? (choices && random.pick(choices))
    if (word === undefined) throw new Error(`no story may say [${slot}]`)
    filled.set(slot, word)
    return word
  }

  return {
    say: (text) =>
      text
        .replace(/\{([^{}]*)\}/g, (_all, choices: string) => random.pick(choices.split('|')))
        // Leaves out the boxes of a task list.
        .replace(/\[([a-z][a-z ]+)\]/g, (_all, slot: string) => fill(slot)),
  }
}
