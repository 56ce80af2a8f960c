import { describe, expect, it } from 'vitest';
import { unattended } from '../../src/lib/job.ts';
import { matrix } from '../../src/lib/matrix.ts';
import { neighbours } from '../../src/segments/map/neighbours.ts';
import { solo } from '../../workers/kernels/crew.ts';
import { kernelsOn } from '../../workers/kernels/index.ts';
import { noise, planted } from '../support/blobs.ts';

const wasm = kernelsOn(solo);

describe('neighbours', () => {
  it('are exact where that is cheap, in units of the columns', async () => {
    const three = matrix(3, 2, Float32Array.of(0, 0, 3e30, 4e30, 0, 1e30));
    const { ids, distances, recall, k } = await neighbours(three, { k: 5, seed: 1 });
    expect(k).toBe(2);
    expect([...ids]).toEqual([2, 1, 2, 0, 0, 1]);
    expect(distances[1]! / 5e30).toBeCloseTo(1, 6);
    expect(recall.value).toBe(1);
  });

  it('are nearly exact above, and say how nearly', async () => {
    const many = planted({ rows: 16_000, cols: 16, groups: 6, apart: 3 }, 2).x;
    const found = await neighbours(many, { k: 14, seed: 1 }, unattended, wasm);
    expect(found.recall.value).toBeGreaterThanOrEqual(0.95);
    expect(found.words).toMatch(
      /NN-descent from \d+ trees in \d+ rounds?, 9\d\.\d % of the true ones/,
    );
    const again = await neighbours(many, { k: 14, seed: 1 }, unattended, wasm);
    expect(again.ids).toEqual(found.ids);
    for (let i = 1; i < found.distances.length; i++)
      if (i % 14 > 0) expect(found.distances[i]! >= found.distances[i - 1]!).toBe(true);
  });

  it('are exact in few columns for any number of rows', async () => {
    const many = planted({ rows: 30_000, cols: 3, groups: 6, apart: 3 }, 2).x;
    const found = await neighbours(many, { k: 14, seed: 1 }, unattended, wasm);
    expect(found.words).toBe('exact neighbours');
    for (const r of [0, 777, 29_999]) {
      const all = Float64Array.from({ length: 30_000 }, (_, other) => {
        let square = 0;
        for (let c = 0; c < 3; c++)
          square += (many.data[3 * r + c]! - many.data[3 * other + c]!) ** 2;
        return other === r ? Infinity : Math.sqrt(square);
      }).sort();
      found.distances
        .subarray(14 * r, 14 * r + 14)
        .forEach((d, j) => expect(d).toBeCloseTo(all[j]!, 4));
    }
  });

  it('refuse what is no number, naming its column, and numbers of neighbours out of range', async () => {
    const gap = noise(20, 3);
    gap.data[7] = NaN;
    await expect(neighbours(gap, { k: 3, seed: 1 })).rejects.toThrow('column 1');
    await expect(neighbours(noise(9, 2), { k: 65, seed: 1 })).rejects.toThrow(RangeError);
  });
});
