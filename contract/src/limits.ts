/** Sizes and times that both sides keep to. The length of a text is in UTF-16 code units. */
export const limits = {
  /** Of one ticket. */
  receipts: 100,
  titleLength: 200,
  bodyLength: 20_000,
  /** People whom one text names. */
  mentions: 20,
  nameLength: 80,
  emailLength: 254,
  passwordMinLength: 10,
  passwordMaxLength: 200,
  fileNameLength: 200,
  /** The pixels of the largest picture that a page shows: a browser takes 4 bytes or more for each. */
  previewPixels: 50_000_000,
  searchLength: 200,
  pageSize: 50,
  pageSizeMax: 100,
  /**
   * The most bytes of items in one page of a timeline, but at least one item of any size; the longest items have 120
   * KB.
   */
  timelinePageBytes: 256 * 1024,
  /** The most bytes of long texts that a page of a search or of the audit log reads, but at least those of one row. */
  pageTextBytes: 1024 * 1024,
  /** What a person missed while away: the most tickets, the newest lines of each, and how far back it goes. */
  missedTickets: 30,
  missedLines: 3,
  missedMs: 7 * 24 * 3_600_000,
  /** Of one change: the most people whom it notifies. */
  notifiedPerChange: 1_000,
  /** Of one notification: the newest unread events that it knows. */
  unreadEvents: 100,
  /** The unread and snoozed notifications that come with their number. */
  countedNotifications: 500,
  /** The longest snooze. */
  snoozeMs: 366 * 24 * 3_600_000,
  /** `ticket.replied` carries the newest missed items, at most this many. */
  missedItems: 20,
  attachmentsPerComment: 10,
  watchersPerTicket: 100,
  tagNameLength: 40,
  /** Neither archived nor merged. */
  tags: 500,
  /** Archived and merged ones included: their ids are in histories, and everyone loads all. */
  tagsEver: 2_000,
  tagsPerTicket: 20,
  /** A file takes a row, a directory entry and a disk block, however small it is. */
  filesPerPerson: 100_000,
  /**
   * Files of one person that are not yet part of a comment: the most files, and the bytes from which on the server
   * refuses more.
   */
  draftsPerPerson: 50,
  draftBytesPerPerson: 500 * 1024 * 1024,
  /**
   * Texts of one person that are not sent, as the server keeps them: their number, and their bytes. Writes of different
   * drafts at the same moment do not count each other.
   */
  savedDraftsPerPerson: 200,
  savedDraftBytesPerPerson: 1024 * 1024,
  /**
   * Texts that were replaced or discarded: the newest of a ticket, and of all tickets of a person, by number and bytes. As
   * many bytes have what drafts were before they became shorter.
   */
  earlierDrafts: 20,
  earlierDraftsPerPerson: 200,
  earlierDraftBytesPerPerson: 1024 * 1024,
  earlierDraftMs: 7 * 24 * 3_600_000,
  /** How long the server tells other devices that a draft was sent or discarded. */
  goneDraftMs: 30 * 24 * 3_600_000,
  /** How long an author may correct or remove a comment, or remove a file. */
  correctionMs: 15 * 60_000,
  draftAttachmentMs: 24 * 3_600_000,
  invitationMs: 7 * 24 * 3_600_000,
  passwordLinkMs: 24 * 3_600_000,
  /** The system closes at most this many resolved tickets a minute. */
  closedPerMinute: 200,
  sessionIdleMs: 7 * 24 * 3_600_000,
  sessionAbsoluteMs: 30 * 24 * 3_600_000,
  /**
   * One more session ends the least recently used one. The number equals that of sockets: a session in use has at
   * least one.
   */
  sessionsPerPerson: 20,
  /** How long after entering the password a person may give someone access without entering it again. */
  confirmedMs: 10 * 60_000,
  idempotencyMs: 30 * 24 * 3_600_000,
  replayEvents: 50_000,
  replayMs: 7 * 24 * 3_600_000,
  socketsPerPerson: 20,
  /** Tickets of which a tab hears who has them open. */
  ticketsOnScreen: 100,
  /** Who has a ticket open: the most people that are told of it in a row of a list, and of the ticket that is open. */
  presentInRow: 3,
  presentOnTicket: 10,
  /** So many others are counted. */
  presentCounted: 9,
  socketMessageBytes: 65_536,
  /** The server sends every socket its position at least this often. */
  positionEveryMs: 15_000,
  /** A client that receives nothing for this long reconnects. */
  silenceMs: 25_000,
} as const
