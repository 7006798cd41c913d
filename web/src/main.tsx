import { setNonce } from 'get-nonce'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './app/theme/styles.css'
import { App } from './app/app.tsx'
import { styleNonce } from './app/theme/style-nonce.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has an element with the id root.')

// For the style element with which an open dialog locks scrolling.
setNonce(styleNonce())
// A browser that is too old already shows a page that says so; the app would fail in it later.
if (document.documentElement.dataset['start'] !== 'old') {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
