import { expose } from 'comlink';
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
} satisfies InsightApi);
