import { enableCompileCache } from 'node:module'
import path from 'node:path'

// Before anything else is imported, or it is compiled anew at every start.
enableCompileCache(path.resolve(import.meta.dirname, '../../node_modules/.cache/deskbell'))

const { start } = await import('./start.ts')
await start({ demo: process.argv.includes('--demo') })
