import { expose } from 'comlink';
import { listParts } from '../src/files/formats/contents.ts';
import { openFile } from '../src/files/open.ts';
import { countRecords, fingerprint } from '../src/files/scan.ts';
import { joinBodies } from '../src/files/set.ts';
import type { FileApi } from '../src/files/worker-api.ts';
import { hearGuard } from '../src/guard/worker-canaries.ts';
import { runJob } from '../src/lib/job.ts';
import { regularRecords } from './kernels/records.ts';

hearGuard();
expose({
  parts: (file, port) => runJob(port, (job) => listParts(file, job)),
  open: (file, request, port) => runJob(port, (job) => openFile(file, request, job)),
  join: (members, port) => runJob(port, (job) => joinBodies(members, job)),
  count: (input, port) =>
    runJob(
      port,
      (job) => countRecords(input, job, regularRecords),
      ({ cuts, rowLines }) => [cuts.buffer, rowLines.buffer],
    ),
  fingerprint: (file, port) => runJob(port, (job) => fingerprint(file, job)),
} satisfies FileApi);
