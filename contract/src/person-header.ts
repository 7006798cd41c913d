/**
 * The header with the id of the person for whom a client makes the call. The server refuses it (`session.other`) when
 * the session is another person's.
 */
export const personHeader = 'deskbell-person'
