import { expect, it } from 'vitest';
import { add, countOf, summaryLine } from './summary.ts';

const report = (given: object) =>
  JSON.stringify({
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 1,
    numTodoTests: 1,
    testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
    ...given,
  });

it('counts what passed, failed and was skipped', () => {
  expect(countOf(report({ numFailedTests: 2 }), 1)).toEqual({ passed: 3, failed: 2, skipped: 2 });
  expect(countOf(report({}), 0)).toEqual({ passed: 3, failed: 0, skipped: 2 });
});

it('a file that does not load, or whose preparation fails, is a failure', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{ status: 'skipped' }] },
    { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
  ];
  expect(countOf(report({ testResults, numFailedTests: 1 }), 1).failed).toBe(3);
});

it('a run that ends badly is a failure, even if no test shows it', () => {
  expect(countOf(report({}), 1).failed).toBe(1);
  expect(countOf(null, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

it('the last line counts all suites together', () => {
  const one = { passed: 1, failed: 0, skipped: 2 };
  expect(summaryLine(add(one, { passed: 4, failed: 1, skipped: 0 }))).toBe(
    '5 passed, 1 failed, 2 skipped',
  );
});
