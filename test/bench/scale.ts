/** K-means from one to ten million rows beside itself: time must grow with the rows and not faster, and memory must stay near the data's. */
import { fileURLToPath } from 'node:url';
import { machine, median, printTable, seconds } from '../support/figures.ts';
import { openLab } from '../support/lab.ts';

const goal = { off: 0.15, memory: 1.3 };
const [cols, k, rounds, repeats] = [8, 8, 10, 3];
const sizes = [1, 2.5, 5, 10].map((millions) => millions * 1e6);

type Run = { readonly ms: number; readonly rounds: number; readonly bytes: number };

const lab = await openLab(fileURLToPath(new URL('./kmeans/ours.ts', import.meta.url)));
try {
  console.log(
    `${cols} columns, k = ${k}, ${rounds} rounds; Chromium ${lab.browser}, ${lab.threads} threads; ${machine()}`,
  );
  const lines = [
    ['rows', 'time', 'a million rows', 'against one million', 'kernel’s memory ÷ data'],
  ];
  const each: number[] = [];
  const memories: number[] = [];
  // not measured: until its code is compiled the first size would look slow, and the growth too good
  await lab.call('make', sizes[0]!, cols, 1);
  for (let repeat = 0; repeat < 5; repeat++) await lab.call('scale', k, rounds);
  for (const rows of sizes) {
    const dataBytes = await lab.call<number>('make', rows, cols, 1);
    const runs: Run[] = [];
    for (let repeat = 0; repeat < repeats; repeat++)
      runs.push(await lab.call<Run>('scale', k, rounds));
    const ms = median(runs.map((run) => run.ms));
    each.push(ms / rows);
    memories.push(runs[0]!.bytes / dataBytes);
    lines.push([
      `${(rows / 1e6).toFixed(1)} million`,
      seconds(ms),
      `${((1e6 * ms) / rows).toFixed(0)} ms`,
      `${(each.at(-1)! / each[0]!).toFixed(2)}×`,
      memories.at(-1)!.toFixed(2),
    ]);
  }
  printTable(lines);
  const off = each.at(-1)! / each[0]! - 1;
  const memory = Math.max(...memories.slice(1));
  const isGood = Math.abs(off) <= goal.off && memory <= goal.memory;
  const percent = `${off < 0 ? '−' : '+'}${Math.abs(100 * off).toFixed(0)} %`;
  console.log(
    `scale: ${percent} a row from 1 to 10 million rows, memory ${memory.toFixed(2)}× the data beside it (goal ±15 %, 1.3×) ${isGood ? 'PASS' : 'MISS'}`,
  );
} finally {
  await lab.close();
}
