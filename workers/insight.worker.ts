import { expose } from 'comlink';
import { buffersOf } from '../src/insight/ask/answers/types.ts';
import { hearGuard } from '../src/guard/worker-canaries.ts';
import type { InsightApi } from '../src/insight/worker-api.ts';
import { runJob } from '../src/lib/job.ts';

hearGuard();
expose({
  segmentRules: (input, labels, options, port) =>
    runJob(port, async (job) => {
      const { segmentRules } = await import('../src/insight/why/segment-rules.ts');
      return segmentRules(input, labels, options, job);
    }),
  outcomeDrivers: (table, options, port) =>
    runJob(port, async (job) => {
      const { outcomeDrivers } = await import('../src/insight/why/outcome-drivers.ts');
      return outcomeDrivers(table, options, job);
    }),
  subgroups: (table, options, port) =>
    runJob(port, async (job) => {
      const { subgroups } = await import('../src/insight/why/subgroups.ts');
      return subgroups(table, options, job);
    }),
  answer: (ask, ground, facts, port) =>
    runJob(
      port,
      async (job) => {
        const [{ answer }, { toldBy }] = await Promise.all([
          import('../src/insight/ask/answer.ts'),
          import('../src/insight/ask/told.ts'),
        ]);
        try {
          return await answer(ask, { ...ground, facts: toldBy(facts), job });
        } finally {
          facts.close();
        }
      },
      buffersOf,
    ),
  compare: (table, a, b, port) =>
    runJob(port, async (job) => {
      const { compare } = await import('../src/insight/compare/compare.ts');
      return compare(table, a, b, job);
    }),
} satisfies InsightApi);
