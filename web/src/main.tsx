import { setNonce } from 'get-nonce'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './app/theme/styles.css'
import { App } from './app/app.tsx'
import { applyColorScheme } from './app/theme/color-scheme.ts'
import { styleNonce } from './app/theme/style-nonce.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has an element with the id root.')

// Before the first paint, and without an inline script: the page's policy allows none.
applyColorScheme()
// For the style element with which an open dialog locks scrolling.
setNonce(styleNonce())
// The page says by now that the browser is too old: better than to stop working later.
if (document.documentElement.dataset['start'] !== 'old') {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
