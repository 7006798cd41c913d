/** Whom a call believes to act for, by id: refused when the session is another person's. */
export const personHeader = 'deskbell-person'
