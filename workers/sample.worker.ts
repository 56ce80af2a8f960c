import { expose } from 'comlink';
import { hearGuard } from '../src/guard/worker-canaries.ts';
import { runJob } from '../src/lib/job.ts';
import { makeBlob } from '../src/samples/make.ts';
import type { SampleApi } from '../src/samples/worker-api.ts';

hearGuard();
expose({
  make: (spec, table, port) => runJob(port, (job) => makeBlob(spec, table, job)),
} satisfies SampleApi);
