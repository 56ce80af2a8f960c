import { describe, expect, it } from 'vitest';
import { matrix, type Matrix } from '../../../src/lib/matrix.ts';
import { random } from '../../../src/lib/random.ts';
import { checkSegments, type Finding } from '../../../src/segments/hands/checks.ts';
import { separation } from '../../../src/segments/hands/spread.ts';
import { rowsNamed } from '../../../src/segments/hands/edits.ts';
import type { Judgement } from '../../../src/segments/judge.ts';
import { segment } from '../../../src/segments/segment.ts';
import { segmentDefaults, type SegmentSettings } from '../../../src/segments/types.ts';
import { bell, noise, planted } from '../../support/blobs.ts';
import { cancelledAt } from '../../support/cancelled.ts';
import { feature, tableOf } from '../../support/feature-table.ts';

const base: SegmentSettings = { ...segmentDefaults, kMax: 5, restarts: 3 };

async function found(
  x: Matrix,
  more: Partial<SegmentSettings> = {},
  judgement: Judgement | null = null,
) {
  const settings = { ...base, ...more };
  const table = tableOf(x, {
    features: Array.from({ length: x.cols }, (_, c) => feature(`f${c}`)),
  });
  const named = rowsNamed(settings.edits ?? [], table.customers);
  const { segmentation } = await segment({ ...table, named }, settings);
  const input = { segmentation, settings, scaled: x, rules: table, judgement };
  return checkSegments(input);
}
const kinds = (findings: readonly Finding[]) => findings.map(({ kind }) => kind);
const clear = planted({ rows: 600, cols: 3, groups: 4, apart: 10 }, 5).x;
const by = (feature: string, value: number, name = 'High') =>
  ({
    name,
    when: { all: [{ feature, is: 'at-least', value }] },
  }) as const;
const everyone = { name: 'Everyone', when: { all: [] } } as const;

describe('checks', () => {
  it('find nothing where segments are clear', async () => {
    expect(await found(clear)).toEqual([]);
  });

  it('a cloud cut by what tells nothing is two doubles that mix', async () => {
    const next = random(2);
    const x = matrix(500, 6);
    for (let i = 0; i < x.data.length; i++) x.data[i] = bell(next);
    for (let r = 0; r < 500; r++) x.data[6 * r + 5] = r % 2 === 0 ? 0.05 : -0.05; // hardly a column
    const rules = [by('f5', 0), everyone];
    const all = await found(x, { method: { kind: 'rules', rules } });
    const double = all.find(({ kind }) => kind === 'duplicate')!;
    expect(double.letters.toSorted()).toEqual(['A', 'B']);
    expect(double.words).toMatch(/apart along the line through both\.$/);
    expect(double.act).toMatchObject({ kind: 'merge' });
    expect(kinds(all)).toContain('mixing');
    expect(all.find(({ kind }) => kind === 'mixing')!.words).toMatch(
      /^\d\d % \(\d\d–\d\d\) of the customers of \w \w+ are nearer to another segment, \d+ of them to/,
    );
  });

  it('segments merged that lie apart are two kinds, and to be split; one cloud never is', async () => {
    const merge = { kind: 'merge', letters: ['A', 'B'], into: 'A', reason: '' } as const;
    const all = await found(clear, { edits: [merge] });
    const two = all.filter(({ kind }) => kind === 'two-kinds');
    expect(two.map(({ act }) => act)).toEqual([{ kind: 'split', letter: 'A' }]);
    expect(two[0]!.words).toMatch(/holds two kinds of customers, the smaller \d\d % of it/);
    let seen = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const next = random(seed);
      const cols = 1 + (seed % 4);
      const x = matrix(400, cols);
      for (let i = 0; i < x.data.length; i++) x.data[i] = seed % 2 === 0 ? next() : bell(next);
      seen += kinds(await found(x, { k: 1 })).filter((kind) => kind === 'two-kinds').length;
    }
    expect(seen).toBe(0);
  });

  it('a tiny segment is named with its nearest', async () => {
    const x = matrix(400, 2);
    const next = random(4);
    for (let r = 0; r < 400; r++) {
      const at = r < 5 ? 30 : r % 2 === 0 ? 0 : 12;
      x.data.set([at + bell(next), bell(next)], 2 * r);
    }
    const tiny = (await found(x, { k: 3 })).filter(({ kind }) => kind === 'tiny');
    expect(tiny).toHaveLength(1);
    expect(tiny[0]!.words).toMatch(/is 5 customers, 1\.3 % of all\. Nearest to it is/);
    expect(tiny[0]!.act).toMatchObject({ kind: 'merge', letter: 'C' });
  });

  it('rules that overlap, or hold for nobody, or come too late', async () => {
    const rules = [
      by('f0', 0.5),
      by('f0', 0.4, 'Wider'),
      by('f0', 7, 'None'),
      by('f0', 0.6, 'Late'),
      { name: 'Apart', when: { all: [{ feature: 'f0', is: 'at-most', value: 0.2 }] } } as const,
      everyone,
    ];
    const all = await found(noise(300, 2), { method: { kind: 'rules', rules } });
    const said = all.filter(({ act }) => act?.kind === 'grouping').map(({ words }) => words);
    expect(said).toEqual([
      expect.stringMatching(
        /^The rule Wider holds for \d+ customers, of whom rules before it took \d+ \(8\d %\)\.$/,
      ),
      'The rule None holds for nobody.',
      'The rule Late holds only for customers whom rules before it took.',
    ]);
  });

  it('rules in SQL by what the database said, and nothing of one that was not asked', async () => {
    const x = noise(300, 2);
    const table = tableOf(x);
    const holds = (test: (r: number) => boolean) =>
      Uint8Array.from({ length: 300 }, (_, r) => Number(test(r)));
    const rules = [
      { name: 'First', when: { sql: 'f0 > 0.5' } },
      { name: 'Within', when: { sql: 'f0 > 0.6' } },
      { name: 'None', when: { sql: 'f0 > 7' } },
      everyone,
    ];
    const typed = [holds((r) => r < 150), holds((r) => r < 100), holds(() => false), null];
    const settings = { ...base, method: { kind: 'rules', rules } } as const;
    const { segmentation } = await segment({ ...table, typed }, settings);
    const input = { segmentation, settings, scaled: x, rules: table, judgement: null };
    const said = async (more: object) =>
      (await checkSegments({ ...input, ...more }))
        .filter(({ act }) => act?.kind === 'grouping')
        .map(({ words }) => words);
    expect(await said({ typed })).toEqual([
      'The rule Within holds only for customers whom rules before it took.',
      'The rule None holds for nobody.',
    ]);
    expect(await said({})).toEqual([]);
  });

  it('letters without customers of which something was said, and edits that found nobody', async () => {
    const all = await found(clear, {
      names: [{ letter: 'X', name: 'Ours' }],
      remarks: [
        { letter: 'Y', note: 'n' },
        { letter: 'A', note: 'there' },
      ],
      edits: [{ kind: 'dissolve', letter: 'Z', reason: '' }],
    });
    expect(all.map(({ words }) => words)).toEqual([
      '1 change by hand found nobody or no segment to change.',
      'X Ours, of which you said something, has no customers now.',
      'Y, of which you said something, has no customers now.',
    ]);
  });

  it('segments that do not come back, where it was tested', async () => {
    const jaccard = { value: 0.44, low: 0.4, high: 0.48 };
    const group = (standing: 'stable' | 'doubtful' | 'dissolves') => ({
      ...{ jaccard, dissolved: 0.5, standing },
    });
    const groups = [group('stable'), group('doubtful'), group('dissolves'), null];
    const judgement = { stability: { groups } } as unknown as Judgement; // of a judgement only this is read
    const all = await found(clear, {}, judgement);
    expect(all.map(({ letters, act }) => [letters[0], act?.kind])).toEqual([
      ['B', 'look'],
      ['C', 'merge'],
    ]);
    expect(all[1]!.words).toMatch(
      /seldom among customers drawn anew: Jaccard 0\.44 \(0\.40–0\.48\)\.$/,
    );
  });

  it('one segment, everyone excluded, and the same findings twice', async () => {
    expect(kinds(await found(clear, { k: 1 }))).toEqual(['two-kinds']); // of four, and nothing else
    expect(await found(noise(300, 2), { k: 1 })).toEqual([]);
    const customers = Array.from({ length: 600 }, (_, r) => `c${r}`);
    expect(await found(clear, { edits: [{ kind: 'exclude', customers, reason: '' }] })).toEqual([]);
    const rules = [by('f0', 0.5), everyone];
    const again = () => found(noise(200, 3), { method: { kind: 'rules', rules } });
    expect(await again()).toEqual(await again());
  });

  it('are cancelled, and refuse columns that are not those of the means', async () => {
    const table = tableOf(clear);
    const { segmentation } = await segment(table, base);
    const input = { segmentation, settings: base, scaled: clear, rules: table, judgement: null };
    await expect(checkSegments(input, cancelledAt(2).job)).rejects.toThrow(/abort/i);
    await expect(checkSegments({ ...input, scaled: noise(600, 2) })).rejects.toThrow(RangeError);
  });
});

it('separation is the distance of means in standard deviations along their line', () => {
  const x = matrix(4, 2, Float32Array.of(-1, 5, 1, -5, 9, 7, 11, -7));
  const means = matrix(2, 2, Float32Array.of(0, 0, 10, 0));
  const rows = [Int32Array.of(0, 1), Int32Array.of(2, 3)];
  expect(separation(x, means, [0, 1], rows)).toBeCloseTo(10, 9); // the wide other direction does not count
  const same = matrix(2, 2, Float32Array.of(1, 1, 1, 1));
  expect(separation(x, same, [0, 1], rows)).toBe(0);
  const still = matrix(2, 1, Float32Array.of(0, 3));
  expect(separation(still, still, [0, 1], [Int32Array.of(0), Int32Array.of(1)])).toBe(Infinity);
});
