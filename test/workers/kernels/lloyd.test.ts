import { describe, expect, it } from 'vitest';
import { unattended, type Job } from '../../../src/lib/job.ts';
import { matrix, type Matrix } from '../../../src/lib/matrix.ts';
import { random } from '../../../src/lib/random.ts';
import { holdRows, NOWHERE, type HoldRows } from '../../../src/segments/kernels/lloyd.ts';
import { kmeans } from '../../../src/segments/methods/kmeans.ts';
import { solo } from '../../../workers/kernels/crew.ts';
import { holdRowsIn } from '../../../workers/kernels/lloyd.ts';
import { noise, planted } from '../../support/blobs.ts';

const forms: Readonly<Record<string, HoldRows>> = {
  'wasm SIMD': holdRowsIn(solo, false),
  'wasm relaxed SIMD (where the engine has it)': holdRowsIn(solo),
};

/** Rounds of Lloyd by hand: what a form says after each of them. */
async function rounds(hold: HoldRows, x: Matrix, k: number, many = 6) {
  const held = await hold(x, unattended, k);
  try {
    const run = held.start(k);
    const next = random(7);
    const means = Float64Array.from({ length: k * x.cols }, (_, i) => {
      const row = Math.floor((x.rows * Math.floor(i / x.cols)) / k);
      return held.data[row * x.cols + (i % x.cols)]! + 0.001 * next();
    });
    const said = [];
    for (let round = 0; round < many; round++) {
      const moved = await run.round(means, unattended);
      said.push({
        moved,
        labels: [...run.labels],
        counts: [...run.counts],
        sums: [...run.sums],
      });
      for (let m = 0; m < k; m++)
        for (let c = 0; c < x.cols && run.counts[m]! > 0; c++)
          means[m * x.cols + c] = run.sums[m * x.cols + c]! / run.counts[m]!;
    }
    return { said, centre: [...held.centre], scale: held.scale, squares: held.squares };
  } finally {
    held.close();
  }
}

function far(rows: number, cols: number, size: number): Matrix {
  const x = noise(rows, cols, 3);
  for (let i = 0; i < x.data.length; i++) x.data[i] = (x.data[i]! - 0.5) * size;
  return x;
}

function repeated(rows: number, cols: number): Matrix {
  const x = matrix(rows, cols);
  for (let i = 0; i < x.data.length; i++) x.data[i] = Math.floor(i / cols) % 3;
  return x;
}

const shapes: readonly (readonly [string, Matrix, number])[] = [
  ['one row', noise(1, 3), 1],
  ['two rows, two groups', noise(2, 2), 2],
  ['one column', noise(5000, 1), 7],
  ['rows that fill no tile', noise(1003, 5), 6],
  ['planted groups', planted({ rows: 9000, cols: 4, groups: 5, apart: 6 }, 3).x, 5],
  ['noise, where the last bit can decide', noise(20_000, 3, 5), 9],
  ['one group', noise(300, 4), 1],
  ['more groups than lanes', noise(3000, 7), 61],
  ['k = rows', noise(40, 3), 40],
  ['500 columns', noise(700, 500), 5],
  ['equal rows', matrix(900, 3), 4],
  ['three different rows, many times', repeated(3001, 2), 3],
  ['values about 1e30', far(2000, 3, 1e30), 4],
  ['values about 1e-30', far(2000, 3, 1e-30), 4],
];

describe.each(Object.entries(forms))('k-means kernel, %s', (_, form) => {
  it.each(shapes)(
    'gives the same labels, counts and sums as the plain form: %s',
    async (_, x, k) => {
      expect(await rounds(form, x, k)).toEqual(await rounds(holdRows, x, k));
    },
  );

  it('gives the same clusters, byte for byte', async () => {
    const x = noise(12_000, 6, 2);
    const options = { k: 8, seed: 5, restarts: 3 };
    expect(await kmeans(x, options, unattended, { holdRows: form })).toEqual(
      await kmeans(x, options, unattended, { holdRows }),
    );
  });

  it('skips no row that a change from outside concerns', async () => {
    const x = planted({ rows: 2000, cols: 3, groups: 3, apart: 8 }, 4).x;
    const held = await form(x, unattended, 3);
    const run = held.start(3);
    const means = Float64Array.from(
      [0, 1, 2].flatMap((m) => [...held.data.slice(3 * m, 3 * m + 3)]),
    );
    await run.round(means, unattended);
    expect([...run.labels]).not.toContain(NOWHERE);
    const was = run.labels[10]!;
    run.labels[10] = (was + 1) % 3;
    run.touch(10);
    expect(await run.round(means, unattended)).toBe(1);
    expect(run.labels[10]).toBe(was);
    held.close();
  });

  it('refuses a value that is no number, and names its column', async () => {
    const x = noise(20, 3);
    x.data[7] = NaN;
    await expect(form(x, unattended, 2)).rejects.toThrow(
      'column 1 holds a value that is no number',
    );
  });

  it('stops at the next breath when cancelled', async () => {
    const controller = new AbortController();
    let breaths = 0;
    const job: Job = {
      ...unattended,
      breathe: async () => {
        if (++breaths === 8) controller.abort();
        controller.signal.throwIfAborted();
      },
    };
    const cancelled = kmeans(noise(200_000, 4), { k: 8, seed: 1, restarts: 4 }, job, {
      holdRows: form,
    });
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect(breaths).toBe(8);
  });
});
