import type { Budget } from './limiter.ts'

const minute = 1 / 60

/** How often people may do things: more often than any person does, less often than a script would. */
export const budgets = {
  // Failed sign-ins. The first three count strangers: browsers that never signed in to that account.
  /** Enough for a person who tries their old passwords, too few for guessing. */
  guessesOfNetwork: { name: 'guesses of a network', burst: 10, perSecond: minute / 1.5 },
  /** All networks together: 1,500 a day. */
  guessesOfAccount: { name: 'guesses of an account', burst: 50, perSecond: minute },
  /** All accounts together: an office shares one address. */
  failuresOfNetwork: { name: 'failures of a network', burst: 100, perSecond: minute * 6.5 },
  /** A browser that signed in to that account before. No other browser can use it up. */
  failuresOfBrowser: { name: 'failures of a browser', burst: 10, perSecond: minute / 1.5 },
  /** A session whose person is asked for the password. */
  failuresOfSession: { name: 'failures of a session', burst: 10, perSecond: minute / 1.5 },
  /** Right passwords of one account: each begins a session, with a row, events and an audit entry. */
  signIns: { name: 'sign-ins', burst: 60, perSecond: minute },

  /** Invalid links. Links have 160 bits and cannot be guessed: this only limits the cost of looking for them. */
  links: { name: 'links', burst: 200, perSecond: 10 },

  // Per person, over all their browsers and scripts.
  /** Enough to change a hundred tickets at once, to undo that, and to do as much again. */
  changes: { name: 'changes', burst: 400, perSecond: 5 },
  /**
   * Bytes of what changes bring, because a change may bring 60,000 or none. At once it is 200 long logs; after that a
   * day brings at most 177 MB, far more than anyone types, and the longest text waits for 30 s, as long as clients do.
   */
  text: { name: 'bytes of text', burst: 4 * 1024 * 1024, perSecond: 2 * 1024 },
  /** Clients mark tickets as seen when other people change them: this must not use up the person's own changes. */
  seen: { name: 'seen', burst: 400, perSecond: 5 },
  /** A client saves what is written after every pause, on each device. */
  drafts: { name: 'drafts', burst: 200, perSecond: 2 },
  /** Each save brings the whole text: the longest one every few seconds for a quarter of an hour, and shorter ones all day. */
  draftText: { name: 'bytes of drafts', burst: 8 * 1024 * 1024, perSecond: 16 * 1024 },
  /** Each alert rings for everyone. */
  alerts: { name: 'bells', burst: 20, perSecond: minute * 4 },
  /** One search per keystroke. */
  searches: { name: 'searches', burst: 100, perSecond: 2 },
  uploads: { name: 'uploads', burst: 100, perSecond: 0.5 },
  /** Twenty windows that all reload, and some more. */
  reads: { name: 'reads', burst: 1500, perSecond: 50 },
} as const satisfies Record<string, Budget>
