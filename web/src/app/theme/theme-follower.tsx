import { useMantineColorScheme } from '@mantine/core'
import { useEffect } from 'react'
import { useMe } from '../../live/use-me.ts'

/** Applies light or dark as this person chose, also when they chose it in another window. */
export function ThemeFollower() {
  const { settings } = useMe()
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  useEffect(() => setColorScheme(settings.theme), [settings.theme, setColorScheme])
  return null
}
