import { expose } from 'comlink';
import type { FileApi } from '../src/files/worker-api.ts';
import { hearGuard } from '../src/guard/worker-canaries.ts';
import { runJob } from '../src/lib/job.ts';

/** What reads a file comes with the first one, so that this worker starts small. */
const contents = () => import('../src/files/formats/contents.ts');
const reader = () => import('../src/files/open.ts');
const set = () => import('../src/files/set.ts');
const scan = () => import('../src/files/scan.ts');
const kernel = () => import('./kernels/records.ts');

hearGuard();
expose({
  parts: (file, port) => runJob(port, async (job) => (await contents()).listParts(file, job)),
  open: (file, request, port) =>
    runJob(port, async (job) => (await reader()).openFile(file, request, job)),
  join: (members, port) => runJob(port, async (job) => (await set()).joinBodies(members, job)),
  count: (input, port) =>
    runJob(
      port,
      async (job) => {
        const [{ countRecords }, { regularRecords }] = await Promise.all([scan(), kernel()]);
        return countRecords(input, job, regularRecords);
      },
      ({ cuts, rowLines }) => [cuts.buffer, rowLines.buffer],
    ),
  fingerprint: (file, port) => runJob(port, async (job) => (await scan()).fingerprint(file, job)),
} satisfies FileApi);
