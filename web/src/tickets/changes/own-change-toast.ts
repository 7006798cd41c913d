/** The toast about the person's own last change: the next one takes its place. */
export const ownChangeToast = 'own-change'
