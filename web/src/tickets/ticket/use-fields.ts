import { pick } from '@deskbell/contract'
import { useMemo } from 'react'

/**
 * The named fields of a value, in an object that stays the same while these fields do: a memoised component that takes
 * it renders only when one of them changed.
 */
export function useFields<T extends object, K extends keyof T>(
  value: T,
  ...names: readonly K[]
): Pick<T, K> {
  const values = names.map((name) => value[name])
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => pick(value, names), values)
}
