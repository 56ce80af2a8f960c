import { expose } from 'comlink';
import { openFile } from '../src/files/open.ts';
import { countRecords, fingerprint } from '../src/files/scan.ts';
import type { FileApi } from '../src/files/worker-api.ts';
import { hearGuard } from '../src/guard/worker-canaries.ts';
import { runJob } from '../src/lib/job.ts';
import { regularRecords } from './kernels/records.ts';

hearGuard();
expose({
  open: (file, given, port) => runJob(port, (job) => openFile(file, given, job)),
  count: (input, port) =>
    runJob(
      port,
      (job) => countRecords(input, job, regularRecords),
      ({ cuts, rowLines }) => [cuts.buffer, rowLines.buffer],
    ),
  fingerprint: (file, port) => runJob(port, (job) => fingerprint(file, job)),
} satisfies FileApi);
