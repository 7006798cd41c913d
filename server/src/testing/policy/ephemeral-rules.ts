import type { DraftKind } from '@deskbell/contract'
import { all, onTicket, staffOnly } from './answers.ts'
import type { Answers } from './answers.ts'
import type { EphemeralScene } from './ephemeral-scene.ts'

/** What reaches the person: by `name`, of `someone`, a `number` or a `time`, or `nothing`. */
export interface EphemeralRule {
  case: string
  /** The desk shows requesters the names of staff. */
  names?: true
  hear: (scene: EphemeralScene) => Promise<string>
  answers: Answers<string>
}

type EphemeralName = 'presence:update' | 'presence:state' | 'presence:looks' | 'draft:changed'

function ofStaff(doing: 'viewing' | 'replying' | 'noting') {
  return (scene: EphemeralScene) => scene.hearOf(scene.colleague, doing)
}

function ownDraft(kind: DraftKind) {
  return (scene: EphemeralScene) => scene.hearOfDraft(scene.person, kind)
}

/** Who hears what of others that is not in the log, as a full table. */
export const ephemeralRules: Record<EphemeralName, EphemeralRule[]> = {
  'presence:update': [
    {
      case: 'staff hear that the person looks',
      hear: (scene) => scene.heardWhile('viewing'),
      answers: onTicket('name viewing', 'nothing'),
    },
    {
      case: 'staff hear that the person replies',
      hear: (scene) => scene.heardWhile('replying'),
      answers: onTicket('name replying typing', 'nothing'),
    },
    {
      case: 'staff hear that the person writes a note, which only staff do',
      hear: (scene) => scene.heardWhile('noting'),
      answers: staffOnly('name noting typing', 'name replying typing', 'nothing'),
    },
  ],
  'presence:state': [
    {
      case: 'one of the staff looks',
      hear: ofStaff('viewing'),
      answers: staffOnly('name viewing', 'nothing', 'nothing'),
    },
    {
      case: 'one of the staff replies',
      hear: ofStaff('replying'),
      answers: staffOnly('name replying typing', 'someone replying typing', 'nothing'),
    },
    {
      case: 'one of the staff writes a note',
      hear: ofStaff('noting'),
      answers: staffOnly('name noting typing', 'nothing', 'nothing'),
    },
    {
      case: 'one of the staff looks, where names are shown',
      names: true,
      hear: ofStaff('viewing'),
      answers: onTicket('name viewing', 'nothing'),
    },
    {
      case: 'one of the staff replies, where names are shown',
      names: true,
      hear: ofStaff('replying'),
      answers: onTicket('name replying typing', 'nothing'),
    },
    {
      case: 'one of the staff writes a note, where names are shown',
      names: true,
      hear: ofStaff('noting'),
      answers: staffOnly('name noting typing', 'name viewing', 'nothing'),
    },
    {
      case: 'a requester who watches the ticket replies',
      hear: (scene) => scene.hearOf(scene.requester, 'replying'),
      answers: onTicket('name replying typing', 'nothing'),
    },
  ],
  'presence:looks': [
    {
      case: 'the first of the staff looks',
      hear: (scene) => scene.hearOfLook(scene.colleague),
      answers: staffOnly('name', 'time', 'nothing'),
    },
    {
      case: 'another of the staff looks',
      hear: (scene) => scene.hearOfLook(scene.colleague, [scene.staff]),
      answers: staffOnly('name', 'nothing', 'nothing'),
    },
    {
      case: 'a requester who watches the ticket looks',
      hear: (scene) => scene.hearOfLook(scene.requester),
      answers: staffOnly('name', 'nothing', 'nothing'),
    },
    {
      case: 'one of the staff looks, who does not show it',
      hear: (scene) => scene.hearOfLookWithout(scene.colleague, scene.colleague),
      answers: staffOnly('number', 'time', 'nothing'),
    },
    {
      case: 'one of the staff looks, and the person does not show theirs',
      hear: (scene) => scene.hearOfLookWithout(scene.person, scene.colleague),
      answers: staffOnly('number', 'time', 'nothing'),
    },
  ],
  'draft:changed': [
    {
      case: 'of one’s own reply',
      hear: ownDraft('reply'),
      answers: onTicket('heard', 'nothing'),
    },
    {
      case: 'of one’s own note',
      hear: ownDraft('note'),
      answers: staffOnly('heard', 'nothing', 'nothing'),
    },
    {
      case: 'of a reply of somebody else',
      hear: (scene) => scene.hearOfDraft(scene.colleague, 'reply'),
      answers: all('nothing'),
    },
  ],
}
