/** Something of which a person is told beside the page: by a sound, and on the desktop. */
export interface Alert {
  /** The number of the event in the log. */
  seq: number
  /** Undefined when the person may not see the ticket. */
  ticketId: string | undefined
  number: number
  /** It asks for somebody at once. */
  isUrgent: boolean
  /** The urgent ticket waits for somebody who could help: nobody has looked at it. */
  isUnlooked: boolean
  /** It shows in this tab. */
  isOnScreen: boolean
  words: AlertWords
  /** The same without anything that somebody wrote. */
  discreet: AlertWords
}

export interface AlertWords {
  title: string
  line?: string
}

/** What comes while the part that alerts still loads. */
const keptAtMost = 50

function createAlertStore() {
  let kept: Alert[] = []
  let handler: ((alert: Alert) => void) | undefined
  return {
    raise(alert: Alert) {
      if (handler !== undefined) return handler(alert)
      kept = [...kept, alert].slice(-keptAtMost)
    },
    /** Hands over what was kept, and from now on every alert. Returns a function that ends it. */
    take(next: (alert: Alert) => void): () => void {
      handler = next
      for (const alert of kept.splice(0)) next(alert)
      return () => {
        handler = undefined
      }
    },
  }
}

/** One store per window, like that of the toasts. */
export const alertStore = createAlertStore()
