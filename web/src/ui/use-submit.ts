import { useRef, useState } from 'react'

interface Submit<A extends unknown[]> {
  /** Never rejects. A second call during the first does nothing. */
  submit: (...args: A) => Promise<void>
  busy: boolean
  /** Why the last try was refused, until the next one. */
  error: unknown
}

/** Sends something that may be refused, one at a time. */
export function useSubmit<A extends unknown[]>(
  send: (...args: A) => Promise<unknown>,
  onRefused: (error: unknown) => void = () => undefined,
): Submit<A> {
  const [state, setState] = useState<{ busy: boolean; error: unknown }>(idle)
  // Not state: two clicks in one frame see the same render.
  const underWay = useRef(false)

  async function submit(...args: A): Promise<void> {
    if (underWay.current) return
    underWay.current = true
    setState({ busy: true, error: undefined })
    try {
      await send(...args)
      setState(idle)
    } catch (error) {
      setState({ busy: false, error })
      onRefused(error)
    } finally {
      underWay.current = false
    }
  }

  return { submit, ...state }
}

const idle = { busy: false, error: undefined }
