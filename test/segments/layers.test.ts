import { describe, expect, it } from 'vitest';
import { unattended } from '../../src/lib/job.ts';
import { matrix } from '../../src/lib/matrix.ts';
import { random } from '../../src/lib/random.ts';
import { adjustedRandIndex } from '../../src/lib/stats/rand-index.ts';
import { combine } from '../../src/segments/methods/combine.ts';
import { byKMeans, layers, type DivideLayer } from '../../src/segments/methods/layers.ts';
import type { Layer } from '../../src/segments/partition.ts';
import { bell, noise } from '../support/blobs.ts';
import { feature, tableOf } from '../support/feature-table.ts';

const byK = byKMeans(1, 4);
const layer = (name: string, features: string[], k: number | null = null): Layer => ({
  name,
  features,
  k,
});

/** Habit (2 kinds) and taste (3 kinds) independent of each other; taste is ten times as wide, so that clustering all at once sees only it. */
function shop(rows: number) {
  const next = random(3);
  const habit = Int32Array.from({ length: rows }, () => Number(next() < 0.4));
  const taste = Int32Array.from({ length: rows }, () => Math.floor(3 * next()));
  const x = matrix(rows, 4);
  for (let r = 0; r < rows; r++) {
    x.data.set([20 + 12 * habit[r]! + bell(next), 20 - 12 * habit[r]! + bell(next)], 4 * r);
    x.data.set(
      [100 + 120 * taste[r]! + 10 * bell(next), 150 + 80 * (taste[r]! % 2) + 10 * bell(next)],
      4 * r + 2,
    );
  }
  const features = [
    feature('orders'),
    feature('recency_days'),
    feature('morning_share'),
    feature('discount_share'),
  ];
  return {
    table: tableOf(x, { features }),
    truth: Int32Array.from(habit, (h, r) => 3 * h + taste[r]!),
  };
}

describe('layers', () => {
  const { table, truth } = shop(1200);
  const both = [
    layer('Habit', ['orders', 'recency_days']),
    layer('Taste', ['discount_share', 'morning_share']),
  ];

  it('finds planted groups of two layers, with k chosen in each, and says how', async () => {
    const { labels, groups, names, words } = await layers(table, both, byK);
    expect(groups).toBe(6);
    expect(adjustedRandIndex(labels, truth)).toBeGreaterThan(0.99);
    expect(names).toHaveLength(6);
    expect(new Set(names).size).toBe(6);
    for (const name of names!) expect(name).toMatch(/^[A-Z].* · [a-z]/);
    expect(names!.filter((name) => name.startsWith('Recent, frequent'))).toHaveLength(3);
    expect(words).toBe('2 layers (Habit 2 and Taste 3 groups) make 6 segments.');
  });

  it('takes the k of a layer, and any way of dividing', async () => {
    const seen: unknown[] = [];
    const half: DivideLayer = async (x, from, k) => {
      seen.push([x.cols, from, k]);
      return {
        labels: Int32Array.from({ length: x.rows }, (_, r) => r % 2),
        groups: 2,
        isClear: true,
      };
    };
    const { labels, groups } = await layers(
      table,
      [layer('A', ['recency_days'], 2), layer('B', ['discount_share', 'orders'])],
      half,
    );
    expect(seen).toEqual([
      [1, [0], 2],
      [2, [1, 0], null],
    ]);
    expect(groups).toBe(2);
    expect([...labels.subarray(0, 4)]).toEqual([0, 1, 0, 1]);
    expect((await layers(table, [layer('A', ['orders'], 4)], byK)).groups).toBe(4);
  });

  it('gives each layer the columns of its features, values in the units of those', async () => {
    const raw = matrix(
      30,
      2,
      Float32Array.from({ length: 60 }, (_, i) => i),
    );
    const scaled = matrix(
      30,
      3,
      Float32Array.from({ length: 90 }, (_, i) => 1000 + i),
    );
    const one = { ...tableOf(raw), scaled, scaledFrom: [1, 0, 0] };
    const got: number[][] = [];
    await layers(one, [layer('A', ['f0'])], async (x) => {
      got.push([...x.data.subarray(0, 4)]);
      return { labels: new Int32Array(30), groups: 1, isClear: false };
    });
    expect(got).toEqual([[1001, 1002, 1004, 1005]]);
  });

  it('says which layers show no groups, and still divides by them', async () => {
    const { words, labels } = await layers(
      tableOf(noise(400, 3)),
      [layer('Noise', ['f0', 'f1', 'f2'])],
      byK,
    );
    expect(words).toContain('Noise: no groups that chance would not show as well.');
    expect(new Set(labels).size).toBeGreaterThan(1);
  });

  it('takes 0, 1, 2 and equal customers: everyone is one segment', async () => {
    for (const rows of [1, 2, 40]) {
      const { labels, names } = await layers(
        tableOf(matrix(rows, 2)),
        [layer('A', ['f0']), layer('B', ['f1'])],
        byK,
      );
      expect([...labels]).toEqual(Array(rows).fill(0));
      expect(names).toEqual(['Everyone']);
    }
    expect((await layers(tableOf(matrix(0, 1)), [layer('A', ['f0'])], byK)).groups).toBe(0);
    expect(
      (await layers(tableOf(noise(9, 1)), [layer('A', ['f0'], 9)], byK)).groups,
    ).toBeGreaterThan(0);
  });

  it('refuses layers without features, and features that are not grouped by', async () => {
    const code = { code: 'features-missing' };
    await expect(layers(table, [layer('A', [])], byK)).rejects.toMatchObject(code);
    await expect(layers(table, [layer('A', ['gone'])], byK)).rejects.toThrow(
      'Layer A holds gone, which is not there.',
    );
    const unused = { ...table, scaledFrom: [0, 1, 2, 2] };
    await expect(layers(unused, both, byK)).rejects.toThrow('which takes no part in grouping');
    const odd = tableOf(noise(50, 2));
    odd.scaled.data[7] = NaN;
    await expect(layers(odd, [layer('A', ['f1'])], byK)).rejects.toThrow(RangeError);
  });

  it('takes 500 columns and 1e30', async () => {
    const wide = tableOf(noise(60, 500));
    const names = wide.features.map(({ name }) => name);
    expect(
      (
        await layers(
          wide,
          [layer('A', names.slice(0, 250), 2), layer('B', names.slice(250), 2)],
          byK,
        )
      ).groups,
    ).toBeGreaterThan(0);
    const large = tableOf(
      matrix(
        20,
        1,
        Float32Array.from({ length: 20 }, (_, r) => (r < 10 ? 1e30 : -1e30)),
      ),
    );
    expect((await layers(large, [layer('A', ['f0'], 2)], byK)).groups).toBe(2);
  });

  it('the same seed gives the same, and a cancel is heard', async () => {
    expect(await layers(table, both, byK)).toEqual(await layers(table, both, byK));
    for (const breaths of [0, 5]) {
      let taken = 0;
      const breathe = () =>
        taken++ >= breaths ? Promise.reject(new DOMException('', 'AbortError')) : Promise.resolve();
      const job = { signal: new AbortController().signal, progress: () => {}, breathe };
      await expect(layers(table, both, byK, job)).rejects.toMatchObject({ name: 'AbortError' });
    }
  });
});

describe('combine', () => {
  const of = (...labels: number[]) => ({
    labels: Int32Array.from(labels),
    groups: 1 + Math.max(...labels),
  });
  const line = (values: number[]) => matrix(values.length, 1, Float32Array.from(values));
  const times = (n: number, value: number) => Array<number>(n).fill(value);

  it('a tiny combination joins the larger one that differs in the fewest layers, then the nearest', async () => {
    // 10 of (0,0), 8 of (0,1), 7 of (1,1), 2 of (1,0); (1,0) differs in one layer from (0,0) and (1,1)
    const a = of(...times(10, 0), ...times(8, 0), ...times(7, 1), 1, 1);
    const b = of(...times(10, 0), ...times(8, 1), ...times(7, 1), 0, 0);
    const x = line([...times(10, 0), ...times(8, 5.1), ...times(7, 9), 5, 5]);
    const { labels, kept, merged } = await combine([a, b], x, [0], unattended);
    expect(kept).toEqual([
      [0, 0],
      [0, 1],
      [1, 1],
    ]);
    expect([...labels.subarray(25)]).toEqual([2, 2]); // 4 from 9, 5 from 0; the 5.1 differs in both layers
    expect(merged).toEqual({ floor: 5, combinations: 1, customers: 2 });
  });

  it('of equally near ones the larger, and where none is large enough the largest stays', async () => {
    const three = await combine(
      [of(...times(9, 1), ...times(6, 0), 2)],
      line([...times(9, 1), ...times(6, -1), 0]),
      [0],
      unattended,
    );
    expect([three.kept, three.labels.at(-1)]).toEqual([[[1], [0]], 0]);
    const few = await combine([of(0, 1, 1, 2)], line([0, 1, 2, 3]), [0], unattended);
    expect([few.kept, [...few.labels], few.merged.customers]).toEqual([[[1]], [0, 0, 0, 0], 2]);
  });

  it('every customer is in a segment of at least 1 %', async () => {
    const next = random(5);
    const labels = (k: number) =>
      of(...Array.from({ length: 3000 }, () => Math.floor(k * next() * next())));
    const {
      labels: found,
      kept,
      merged,
    } = await combine([labels(6), labels(5), labels(4)], noise(3000, 3), [0, 1, 2], unattended);
    const sizes = kept.map((_, place) => found.filter((it) => it === place).length);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(30);
    expect(sizes.reduce((a, b) => a + b, 0)).toBe(3000);
    expect(merged.combinations).toBeGreaterThan(0);
  });
});
