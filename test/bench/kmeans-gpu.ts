/**
 * A round of k-means on the GPU: our fused WGSL against the same in TensorFlow.js ops, on the same software device, in turn. The ops are matMul,
 * argMin and then oneHot with matMul, or unsortedSegmentSum; of these two the faster counts. Nothing is read back between rounds.
 */
import { machine, median, printTable } from '../support/figures.ts';
import { openGpuLab } from '../support/gpu-lab.ts';

const goal = 5;
const cases = [
  { rows: 20_000, cols: 16, k: 8 },
  { rows: 20_000, cols: 16, k: 32 },
];
const lab = await openGpuLab();
try {
  const ratios: number[] = [];
  let differing = 0;
  const lines: string[][] = [];
  for (const it of cases) {
    const found = await lab.run('bench', { kind: 'webgpu', ...it, rounds: 2, pairs: 3 });
    const { ours, matmul, 'segment-sum': segments } = found.times;
    const pairs = ours.map((ms, i) => Math.min(matmul[i]!, segments[i]!) / ms); // of one length each
    ratios.push(median(pairs));
    differing += found.differing.plain + found.differing.ops;
    const ms = (values: number[]) => `${median(values).toFixed(0)} ms`;
    lines.push([
      `${it.rows.toLocaleString('en-GB')} × ${it.cols}, k = ${it.k}`,
      ...[ms(ours), ms(matmul), ms(segments), `${median(pairs).toFixed(1)}×`],
      `${found.differing.ops} (${found.differing.unsure} left open)`,
    ]);
  }
  const head = ['', 'ours', 'ops, matMul', 'ops, segment sum', 'ratio', 'labels that differ'];
  console.log(`${machine()}; medians of 3, in turn; SwiftShader`);
  printTable([head, ...lines]);
  const ratio = Math.min(...ratios);
  const labels = differing === 0 ? 'labels equal' : `${differing} labels differ`;
  const passed = ratio >= goal && differing === 0;
  console.log(
    `kmeans-gpu: ${ratio.toFixed(1)}× TensorFlow.js ops, ${labels} (goal ${goal}×) ${passed ? 'PASS' : 'MISS'}`,
  );
  process.exitCode = passed ? 0 : 1;
} finally {
  await lab.close();
}
