import { enableCompileCache } from 'node:module'
import path from 'node:path'

// This comes before all other imports: a module imported earlier would be compiled again at every start.
enableCompileCache(path.resolve(import.meta.dirname, '../../node_modules/.cache/deskbell'))

const { start } = await import('./start.ts')
await start({ demo: process.argv.includes('--demo') })
