import { expose } from 'comlink';
import { hearGuard } from '../src/guard/worker-canaries.ts';
import { runJob } from '../src/lib/job.ts';
import { normalise } from '../src/tables/people/normalise.ts';
import { resolve } from '../src/tables/people/resolve.ts';
import type { PeopleApi } from '../src/tables/people/worker-api.ts';

hearGuard();
expose({
  normalise: (input, port) => runJob(port, (job) => normalise(input, job)),
  resolve: ({ records, pairs, options }, port) =>
    runJob(
      port,
      (job) => resolve(records, pairs, options, job),
      ({ people, baseline }) => [people.buffer, baseline.people.buffer],
    ),
} satisfies PeopleApi);
