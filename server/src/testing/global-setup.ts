import type { TestProject } from 'vitest/node'
import type { TestServer } from './test-server.ts'
import { startTestServer } from './test-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    testServer: Omit<TestServer, 'stop'>
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { stop, ...server } = await startTestServer(process.env['TEST_DATABASE_URL'])
  project.provide('testServer', server)
  return stop
}
