/** How many tests of a suite ended how. */
export type Count = { readonly passed: number; readonly failed: number; readonly skipped: number };

type VitestJson = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
};

/**
 * Counts of vitest's JSON report. A file that failed without a failed test (it did not load, or its beforeAll threw)
 * counts as one; so does a run that reports nothing, or that exits with an error no test shows.
 */
export function countOf(json: string | null, exitCode: number): Count {
  if (json === null) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(json) as VitestJson; // vitest's own format, pinned in package-lock.json
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + broken;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

export const add = (one: Count, two: Count): Count => ({
  passed: one.passed + two.passed,
  failed: one.failed + two.failed,
  skipped: one.skipped + two.skipped,
});

/** The last line of every run: `12 passed, 0 failed, 1 skipped`. */
export const summaryLine = ({ passed, failed, skipped }: Count): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;
