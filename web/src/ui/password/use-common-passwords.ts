import { useState } from 'react'
import { loadWhenServed } from '../load-when-served.ts'

/**
 * The passwords that attackers try first, once `load` has fetched them. Without them only the server refuses these
 * passwords.
 */
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
