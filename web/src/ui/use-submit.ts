import { useRef, useState } from 'react'

interface Submit<A extends unknown[]> {
  /** Resolves to whether it went well. A second call while one is under way does nothing. */
  submit: (...args: A) => Promise<boolean>
  busy: boolean
  /** Why the last try was refused, until the next one. */
  error: unknown
}

/** Sends something that may be refused, one at a time. */
export function useSubmit<A extends unknown[]>(send: (...args: A) => Promise<unknown>): Submit<A> {
  const [state, setState] = useState<{ busy: boolean; error: unknown }>(idle)
  // Not the state: two clicks in one frame see the same render.
  const underWay = useRef(false)

  async function submit(...args: A): Promise<boolean> {
    if (underWay.current) return false
    underWay.current = true
    setState({ busy: true, error: undefined })
    try {
      await send(...args)
      setState(idle)
      return true
    } catch (error) {
      setState({ busy: false, error })
      return false
    } finally {
      underWay.current = false
    }
  }

  return { submit, ...state }
}

const idle = { busy: false, error: undefined }
