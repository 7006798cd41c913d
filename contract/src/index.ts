export { isBy, systemNames } from './actors.ts'
export type { SystemName } from './actors.ts'
export { auditChannels, auditKinds } from './audit.ts'
export type { AuditChannel, AuditKind } from './audit.ts'
export {
  defaultSettings,
  deskSettingNames,
  deskSettings,
  editedSettings,
  isSwitch,
} from './desk-settings.ts'
export { initialPersonSettings } from './person-settings.ts'
export type {
  DeskSettingName,
  DeskSettingOf,
  DeskSettings,
  DeskSettingsEdit,
} from './desk-settings.ts'
export { emailReasons } from './vocabulary.ts'
export type { EmailReason } from './vocabulary.ts'
export { emailProblem, normalEmail } from './email.ts'
export { errors } from './errors.ts'
export type { ErrorBody, ErrorCode } from './errors.ts'
export {
  columnFields,
  fields,
  filterFields,
  initialFields,
  isUnassigned,
  pick,
  plainFields,
  rowFields,
  pressing,
  sortOf,
  sorts,
  updatedFields,
} from './fields.ts'
export type {
  ColumnField,
  FieldFilters,
  FieldName,
  FieldValue,
  Filter,
  FilterField,
  PlainField,
  RowField,
  Sort,
  SortField,
  TicketFields,
  UpdatedField,
} from './fields.ts'
export { limits } from './limits.ts'
export { isLocalUrl } from './local-url.ts'
export { passwordProblem, passwordSentences } from './password-problem.ts'
export type { PasswordOwner } from './password-problem.ts'
export {
  codeIn,
  mentionedIn,
  mentionName,
  mentionOf,
  mentionsIn,
  withPlainMentions,
} from './mentions.ts'
export type { Mention } from './mentions.ts'
export { compareNotifications, matchesNotificationFilter } from './notification-filter.ts'
export { paths } from './paths.ts'
export { personHeader } from './person-header.ts'
export { isNotShown, mayShow, pictureHeadBytes, pictureTypes, pixelsOf } from './pictures.ts'
export {
  mayCorrectComment,
  mayEditTicket,
  mayManageDesk,
  mayManageTags,
  mayManagePeople,
  mayMoveTicket,
  mayReadAudit,
  mayRemoveAttachment,
  mayRemoveWatcher,
  maySeeStorage,
  mayTriage,
  replyReopens,
} from './policy.ts'
export type { Reader, Relationship } from './policy.ts'
export { roleWords } from './role-words.ts'
export { folded, foldedWords, isFound } from './folded.ts'
export {
  cleanLine,
  cleanPiece,
  cleanText,
  hasVisible,
  mixedAlphabets,
  mixesAlphabets,
} from './text.ts'
export type {
  Account,
  ActorRef,
  Attachment,
  AuditEntry,
  Body,
  Changes,
  ClientToServer,
  Comment,
  CountedNotification,
  Counters,
  Eyes,
  Receipt,
  TicketLooks,
  DeskEvent,
  Doing,
  DraftMessage,
  EarlierDraft,
  EventData,
  EventName,
  FailedSignIns,
  HandshakeAuth,
  Match,
  Me,
  FilterFields,
  Meta,
  Notification,
  NotificationItem,
  Params,
  PersonRef,
  Position,
  PresenceMessage,
  PresenceUpdate,
  PresentPerson,
  Query,
  Reply,
  RouteName,
  SavedDraft,
  ServerMessage,
  ServerToClient,
  Settings,
  SignedIn,
  SyncMessage,
  SyncReady,
  Tag,
  Ticket,
  TicketItem,
  TicketPresence,
  TicketRow,
  TimelineItem,
  Timings,
} from './types.ts'
export { referredTicket } from './referred-ticket.ts'
export { sideOf, turnOf } from './turn.ts'
export type { Side } from './turn.ts'
export { matchesFilter, sortKey, viewNames, views, viewsFor } from './views.ts'
export type { TicketFilter, ViewName } from './views.ts'
export {
  activeStatuses,
  avatarColors,
  draftKinds,
  isStaff,
  notificationFilters,
  notificationReasons,
  priorities,
  reopenedByReply,
  roles,
  statuses,
  tagColors,
  tagModes,
  themes,
  wakingReasons,
} from './vocabulary.ts'
export type {
  DraftKind,
  NotificationFilter,
  NotificationReason,
  Priority,
  Role,
  Status,
  TagColor,
  TagMode,
  Theme,
} from './vocabulary.ts'
