import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** By itself Vitest would keep one processor free: of two, half of what there is. */
const maxWorkers = Math.max(2, availableParallelism())

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'contract', include: ['contract/src/**/*.test.ts'], maxWorkers } },
      { test: { name: 'client', include: ['client/src/**/*.test.ts'], maxWorkers } },
      { test: { name: 'web', include: ['web/src/**/*.test.{ts,tsx}'], maxWorkers } },
      { test: { name: 'scripts', include: ['scripts/**/*.test.ts'], maxWorkers } },
      {
        test: {
          name: 'server',
          include: ['server/src/**/*.test.ts'],
          globalSetup: './server/src/testing/global-setup.ts',
          testTimeout: 20_000,
          hookTimeout: 30_000,
          expect: { poll: { timeout: 10_000 } },
          maxWorkers,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          globalSetup: './e2e/global-setup.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 10_000 } },
          // A browser on a busy machine may miss a key or a moment. The report names each test that needed a second try.
          retry: 1,
          // Real browsers: when everything else is done.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
