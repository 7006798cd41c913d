import type { Reporter, TestCase, TestModule } from 'vitest/node'

/** A Vitest reporter that only counts. */
export class TestCounter implements Reporter {
  passed = 0
  failed = 0
  skipped = 0

  onTestCaseResult(test: TestCase): void {
    const { state } = test.result()
    if (state === 'passed') this.passed += 1
    if (state === 'failed') this.failed += 1
    if (state === 'skipped') this.skipped += 1
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    // A file that cannot be loaded counts as one failure, since it has no tests that could fail.
    const broken = modules.filter((module) => module.errors().length > 0)
    this.failed += broken.length + unhandledErrors.length
  }
}
