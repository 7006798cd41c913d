import { useState } from 'react'
import { loadWhenServed } from '../load-when-served.ts'

/** Those that attackers try first, once `load` has brought them. Without them the server refuses what is among them. */
export function useCommonPasswords() {
  const [common, setCommon] = useState<readonly string[]>([])

  function load() {
    loadWhenServed(() => import('@zxcvbn-ts/language-common')).then(
      ({ dictionary }) => setCommon(dictionary['passwords-common']),
      () => undefined,
    )
  }

  return { common, load }
}
