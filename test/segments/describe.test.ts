import { describe as about, expect, it } from 'vitest';
import { unattended } from '../../src/lib/job.ts';
import { matrix } from '../../src/lib/matrix.ts';
import { describe, inOrder, REST_NAME } from '../../src/segments/describe.ts';
import { planted } from '../support/blobs.ts';
import { feature, tableOf } from '../support/feature-table.ts';

const { x, truth } = planted({ rows: 300, cols: 2, groups: 3, apart: 9 }, 4);
/** Every tenth customer is in no group. */
const labels = truth.map((label, r) => (r % 10 === 0 ? -1 : label));
const oddness = Float32Array.from({ length: 300 }, (_, r) => (r % 10 === 0 ? r / 300 : 0));
const table = tableOf(
  matrix(
    300,
    2,
    x.data.map((value) => Math.abs(value)),
  ),
  { spend: 0, features: [feature('spend', { unit: 'money' }), feature('b')], scaled: x },
);
const lettered = { labels, letters: Int32Array.of(0, 1, 2), names: null, oddness };

about('those in no segment', () => {
  it('are one last entry without a letter, grey, and no segment', async () => {
    const { segments, labels: places } = await describe(table, lettered, 1, unattended);
    expect(segments.map(({ letter }) => letter)).toEqual(['A', 'B', 'C', '']);
    expect(segments[3]).toMatchObject({
      ...{ id: 3, colour: -1, rest: true, name: REST_NAME },
      ...{ size: 30, share: 0.1, silhouette: null, border: [] },
    });
    labels.forEach((label, r) => expect(places[r]).toBe(label < 0 ? 3 : label));
    expect(segments[3]!.typical).toEqual([290, 280, 270, 260, 250, 240, 230, 220, 210, 200]);
    expect(segments[3]!.drivers).toHaveLength(2);
  });

  it('have no silhouette, change nobody else’s, and are nobody’s neighbour', async () => {
    const { silhouettes, segments } = await describe(table, lettered, 1, unattended);
    const others = [...labels.keys()].filter((r) => labels[r]! >= 0);
    const part = tableOf(
      matrix(
        270,
        2,
        Float32Array.from(others.flatMap((r) => [x.data[2 * r]!, x.data[2 * r + 1]!])),
      ),
    );
    const alone = await describe(
      part,
      { ...lettered, labels: Int32Array.from(others, (r) => labels[r]!), oddness: null },
      1,
      unattended,
    );
    others.forEach((r, i) => expect(silhouettes[r]).toBe(alone.silhouettes[i]));
    for (let r = 0; r < 300; r += 10) expect(silhouettes[r]).toBe(0);
    for (const { border } of segments)
      for (const { other } of border) expect(other).toBeLessThan(3);
  });

  it('count in shares of customers and revenue, which still add up', async () => {
    const { segments } = await describe(table, lettered, 1, unattended);
    const sum = (of: (i: number) => number) => [0, 1, 2, 3].reduce((s, i) => s + of(i), 0);
    expect(sum((i) => segments[i]!.share)).toBeCloseTo(1, 9);
    expect(sum((i) => segments[i]!.revenueShare!.value)).toBeCloseTo(1, 9);
  });

  it('may be everybody, or nobody', async () => {
    const none = await describe(
      table,
      { ...lettered, labels: new Int32Array(300).fill(-1), letters: Int32Array.of() },
      1,
      unattended,
    );
    expect(none.segments).toMatchObject([{ rest: true, size: 300 }]);
    const all = await describe(table, { ...lettered, labels: truth }, 1, unattended);
    expect(all.segments.some(({ rest }) => rest)).toBe(false);
  });
});

it('groups stand in the order of their letters, those of nobody fall out, names go along', () => {
  const found = inOrder(Int32Array.of(0, 2, 2, -1, 0), Int32Array.of(5, 1, 3), ['p', 'q', 'r']);
  expect([...found.labels]).toEqual([1, 0, 0, -1, 1]);
  expect([...found.letters]).toEqual([3, 5]);
  expect(found.names).toEqual(['r', 'p']);
});
