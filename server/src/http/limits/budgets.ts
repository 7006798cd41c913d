import type { Budget } from './limiter.ts'

const minute = 1 / 60

/** What people may do how often: more than any person does, less than a script would. */
export const budgets = {
  // Failed sign-ins. The first three count strangers: browsers that never signed in as that account.
  /** Enough for somebody who tries their old passwords, too few for guessing. */
  guessesOfNetwork: { name: 'guesses of a network', burst: 10, perSecond: minute / 1.5 },
  /** All of the world together: 1,500 a day. */
  guessesOfAccount: { name: 'guesses of an account', burst: 50, perSecond: minute },
  /** Over all accounts: an office shares one address. */
  failuresOfNetwork: { name: 'failures of a network', burst: 100, perSecond: minute * 6.5 },
  /** Of a browser that signed in as that account before. Nobody else can use it up. */
  failuresOfBrowser: { name: 'failures of a browser', burst: 10, perSecond: minute / 1.5 },
  /** Of a session that asks for its own password. */
  failuresOfSession: { name: 'failures of a session', burst: 10, perSecond: minute / 1.5 },

  /** Nobody guesses 160 bits: this only bounds what looking them up costs. */
  links: { name: 'links', burst: 200, perSecond: 10 },

  // Of a person, in all their browsers and scripts.
  /** A hundred tickets changed at once, and that undone, and as much again. */
  changes: { name: 'changes', burst: 400, perSecond: 5 },
  /** How far one has seen a ticket follows what others do to it: this takes nothing from one's own changes. */
  seen: { name: 'seen', burst: 400, perSecond: 5 },
  /** Each rings at everyone. */
  alerts: { name: 'bells', burst: 20, perSecond: minute * 4 },
  /** As one types. */
  searches: { name: 'searches', burst: 100, perSecond: 2 },
  uploads: { name: 'uploads', burst: 100, perSecond: 0.5 },
  /** Twenty windows that all load anew, and then some. */
  reads: { name: 'reads', burst: 1500, perSecond: 50 },
} as const satisfies Record<string, Budget>
