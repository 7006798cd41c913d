import type { TestProject } from 'vitest/node'
import { ensureChromium } from './ensure-chromium.ts'
import { buildWeb } from '../server/src/web-build.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The path of the browser's program. */
    chromium: string
  }
}

export default async function setup(project: TestProject): Promise<void> {
  project.provide('chromium', ensureChromium())
  await buildWeb()
}
