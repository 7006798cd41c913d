const safe = 'What you were writing is kept on this device.'

const sentences: Record<string, string> = {
  signedOut: `You signed out in another window. ${safe}`,
  signedOutElsewhere: `You signed this device out from another one. ${safe}`,
  tooMany: `You signed in on too many devices. This one was unused for the longest time, so you are signed out here. ${safe}`,
  replaced: `Someone else signed in in another window, so you are signed out here. Reload this page to go on as them. ${safe}`,
  passwordChanged: `Your password was changed, so you were signed out here. ${safe}`,
  roleChanged: `Your role was changed. Please sign in again. ${safe}`,
  deactivated: 'Your account was deactivated. Ask a super admin if this is a mistake.',
  ended: `A super admin ended your sessions. Please sign in again. ${safe}`,
}

/** A sentence that tells the person why the session ended. */
export function sessionEnded(reason: string): string {
  return sentences[reason] ?? `Your session ended. Please sign in again. ${safe}`
}
