/** Sizes and times that both sides keep to. Text is counted in UTF-16 code units. */
export const limits = {
  titleLength: 200,
  bodyLength: 20_000,
  nameLength: 80,
  emailLength: 254,
  passwordMinLength: 10,
  passwordMaxLength: 200,
  fileNameLength: 200,
  searchLength: 200,
  pageSize: 50,
  pageSizeMax: 100,
  /** What one read of a history carries of its items, at least one whatever its size: the longest are 120 KB. */
  timelinePageBytes: 256 * 1024,
  /** What a page of a search or of the audit log reads of long texts, at least those of one row. */
  pageTextBytes: 1024 * 1024,
  /** Of what a stale reply missed, the newest. */
  missedItems: 20,
  attachmentsPerComment: 10,
  watchersPerTicket: 100,
  /** Each takes a row, a place in a folder and a block of the disk, however small it is. */
  filesPerPerson: 100_000,
  /** Files of one person that wait for their comments: how many, and from how many bytes on no more are taken. */
  draftsPerPerson: 50,
  draftBytesPerPerson: 500 * 1024 * 1024,
  /** How long an author may correct or remove a comment or a file of theirs. */
  correctionMs: 15 * 60_000,
  draftAttachmentMs: 24 * 3_600_000,
  invitationMs: 7 * 24 * 3_600_000,
  passwordLinkMs: 24 * 3_600_000,
  sessionIdleMs: 7 * 24 * 3_600_000,
  sessionAbsoluteMs: 30 * 24 * 3_600_000,
  /** One more ends the least recently used. As many as sockets: each session in use has at least one. */
  sessionsPerPerson: 20,
  /** How long after the password was given a change that gives someone access may follow without it. */
  confirmedMs: 10 * 60_000,
  idempotencyMs: 30 * 24 * 3_600_000,
  replayEvents: 50_000,
  replayMs: 7 * 24 * 3_600_000,
  socketsPerPerson: 20,
  socketMessageBytes: 65_536,
  /** A server tells every socket its position at least this often. */
  positionEveryMs: 15_000,
  /** A client that hears nothing for this long reconnects. */
  silenceMs: 25_000,
} as const
