import { unattended } from '../../../src/lib/job.ts';
import { halfSquares, nearest } from '../../../src/segments/kernels/lloyd.ts';
import type { Gpu } from '../../../workers/gpu/open.ts';
import { farthest, made, type Case } from './made.ts';
import { OpsRows, type Update } from './ops-kmeans.ts';

/** Our rounds and those in TensorFlow.js ops in turn, on the same device and rows. Times are milliseconds a round. */
export async function bench(gpu: Gpu, it: Case & { rounds: number; pairs: number }) {
  const { k, cols, rounds } = it;
  const x = made(it);
  const start = made({ ...it, rows: k }, 9).data;
  const held = await gpu.openRows(x, unattended);
  const peer = new OpsRows(x);
  const options = { rounds, still: -1 };
  const ways: Record<'ours' | Update, () => Promise<unknown>> = {
    ours: () => held.settle(start, options, unattended),
    matmul: () => peer.settle(start, rounds, 'matmul'),
    'segment-sum': () => peer.settle(start, rounds, 'segment-sum'),
  };
  const times: Record<keyof typeof ways, number[]> = { ours: [], matmul: [], 'segment-sum': [] };
  for (let pair = -1; pair < it.pairs; pair++)
    for (const [name, run] of Object.entries(ways)) {
      const began = performance.now();
      await run();
      if (pair >= 0) times[name as keyof typeof ways].push((performance.now() - began) / rounds); // the first compiles; keys of `ways`
    }
  const { means } = await held.settle(start, options, unattended);
  const theirs = await peer.settle(start, rounds, 'matmul');
  const half = halfSquares(means, k, cols);
  const words = await held.label(means, half, unattended);
  const ops = await peer.labels(means);
  let [plain, other] = [0, 0];
  let unsure = 0;
  for (let r = 0; r < it.rows; r++) {
    const isUnsure = words[r]! >>> 31 === 1;
    const want = nearest(x, r, means, half);
    const got = isUnsure ? want : words[r]! & 0x7fff;
    if (isUnsure) unsure++;
    if (got !== want) plain++;
    if (got !== ops[r]) other++;
  }
  held.close();
  peer.close();
  return {
    name: gpu.name,
    times,
    /** Rows whose label is not that of the plain form, or of the ops, and those that float32 left open. */
    differing: { plain, ops: other, unsure },
    /** Farthest that a coordinate of a mean lies from that of the ops after all rounds. */
    apart: farthest(means, theirs),
  };
}
