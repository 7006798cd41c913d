import { MantineProvider } from '@mantine/core'
import { RouterProvider } from '@tanstack/react-router'
import { AuthProvider } from '../live/auth-provider.tsx'
import { ShortcutsProvider } from '../shell/shortcuts.tsx'
import { colorSchemeManager } from './theme/color-scheme.ts'
import { router } from './router.tsx'
import { styleNonce } from './theme/style-nonce.ts'
import { theme } from './theme/theme.ts'

export function App() {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemeManager}
      getStyleNonce={styleNonce}
    >
      <AuthProvider>
        <ShortcutsProvider>
          <RouterProvider router={router} />
        </ShortcutsProvider>
      </AuthProvider>
    </MantineProvider>
  )
}
