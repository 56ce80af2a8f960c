import { describe, expect, it } from 'vitest';
import { anchorOf, witnessesOf } from '../../../src/segments/anchor.ts';
import { rowsNamed, type Edit } from '../../../src/segments/hands/edits.ts';
import { segment } from '../../../src/segments/segment.ts';
import { Segments } from '../../../src/segments/segments.svelte.ts';
import {
  madeByMethod,
  segmentDefaults,
  type Segmentation,
  type SegmentSettings,
} from '../../../src/segments/types.ts';
import { planted } from '../../support/blobs.ts';
import { feature, tableOf } from '../../support/feature-table.ts';
import { segmentService } from '../../support/segment-service.ts';

const { x } = planted({ rows: 600, cols: 3, groups: 4, apart: 8 }, 5);
const table = tableOf(x);
const settings: SegmentSettings = { ...segmentDefaults, kMax: 6, restarts: 3 };
const reason = 'as agreed';

const run = async (edits: readonly Edit[], more: Partial<SegmentSettings> = {}, of = table) => {
  const witnesses = witnessesOf(of.customers);
  const input = { ...of, witnesses, named: rowsNamed(edits, of.customers) };
  return (await segment(input, { ...settings, edits, ...more })).segmentation;
};
const letters = ({ segments }: Segmentation) => segments.map(({ letter }) => letter);
const membersOf = ({ labels, segments }: Segmentation, letter: string) => {
  const id = segments.findIndex((each) => each.letter === letter);
  return [...labels.keys()].filter((r) => labels[r] === id);
};

describe('edits in the stage', () => {
  const merge: Edit = { kind: 'merge', letters: ['A', 'C'], into: 'A', reason };

  it('everything downstream follows: sizes, shares, reasons, names, means', async () => {
    const plain = await run([]);
    const merged = await run([merge]);
    expect(letters(plain)).toEqual(['A', 'B', 'C', 'D']);
    expect(letters(merged)).toEqual(['A', 'B', 'D']);
    expect(membersOf(merged, 'A')).toEqual(
      [...membersOf(plain, 'A'), ...membersOf(plain, 'C')].sort((a, b) => a - b),
    );
    expect(merged.k).toBe(3);
    expect(madeByMethod(merged)).toBe(4);
    expect(merged.means.rows).toBe(3);
    expect(merged.segments.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    for (const { id, drivers, typical } of merged.segments) {
      expect(drivers).toHaveLength(3);
      for (const row of typical) expect(merged.labels[row]).toBe(id);
    }
    expect(merged.words).toMatch(/1 change by hand put \d+ customers elsewhere\.$/);
    expect(merged.hands!.labels).toEqual(plain.labels);
  });

  it('the same settings give the same bytes again', async () => {
    const edits: Edit[] = [
      { kind: 'split', letter: 'B', into: ['E'], where: null, reason },
      { kind: 'move', customers: ['c1', 'c2'], to: 'E', reason },
    ];
    expect(await run(edits)).toEqual(await run(edits));
  });

  it('an empty list is as none', async () => {
    const { edits: _none, ...plain } = { ...settings, edits: [] };
    expect(await run([])).toEqual(
      (await segment({ ...table, witnesses: witnessesOf(table.customers), named: [] }, plain))
        .segmentation,
    );
  });

  it('everyone may be excluded: then there is only the rest', async () => {
    const { k, segments, labels } = await run([
      { kind: 'exclude', customers: table.customers, reason },
    ]);
    expect(k).toBe(0);
    expect(segments.map(({ rest, size }) => [rest, size])).toEqual([[true, 600]]);
    expect(new Set(labels)).toEqual(new Set([0]));
  });

  it('a merged segment of rules has the name of the one it became, a part has its own', async () => {
    const spend = { ...table, features: [feature('spend'), feature('b'), feature('c')] };
    const { data, cols } = x;
    const half = [...data].filter((_, i) => i % cols === 0).sort((a, b) => a - b)[300]!;
    const method = {
      kind: 'rules',
      rules: [
        { name: 'Dear', when: { all: [{ feature: 'spend', is: 'at-least', value: half }] } },
        { name: 'Cheap', when: { all: [] } },
      ],
    } as const;
    const parted = await run(
      [{ kind: 'split', letter: 'A', into: ['E'], where: null, reason }],
      { method },
      spend,
    );
    const names = parted.segments.map(({ name }) => name);
    expect(letters(parted)).toEqual(['A', 'B', 'E']);
    expect(names.slice(0, 2)).toEqual(['Dear', 'Cheap']);
    expect(names[2]).not.toBe('Dear');
    expect(names[2]!.length).toBeGreaterThan(3);
  });

  it('what a method says of belonging ends where a hand moved somebody', async () => {
    const method = { kind: 'mixture', k: 4, shape: 'full' } as const;
    const plain = await run([], { method });
    const from = membersOf(plain, 'A').slice(0, 2);
    const [one = 0, two = 0] = from;
    const { belongs } = await run(
      [
        { kind: 'move', customers: [`c${one}`], to: 'B', reason },
        { kind: 'exclude', customers: [`c${two}`], reason },
      ],
      { method },
    );
    expect([belongs![one], belongs![two]]).toEqual([1, 0]);
    expect(belongs!.filter((value, r) => value !== plain.belongs![r]).length).toBeLessThanOrEqual(
      2,
    );
  });
});

describe('over other runs', () => {
  const shown = (found: Segmentation) =>
    anchorOf(found, witnessesOf(table.customers), { named: [] });

  it('a letter that an edit speaks of goes to no other segment', async () => {
    const three = await run([], { k: 3 });
    const edits: Edit[] = [{ kind: 'split', letter: 'A', into: ['D'], where: null, reason }];
    const five = await run(edits, { k: 5, anchor: shown(three) });
    const made = [...five.hands!.letters];
    expect(made).not.toContain(3);
    expect(made).toHaveLength(5);
    expect(letters(five)).toContain('D');
  });

  it('a held segment keeps its customers under another k and another method', async () => {
    const plain = await run([]);
    const held = membersOf(plain, 'B');
    const edits: Edit[] = [
      { kind: 'pin', letter: 'B', customers: held.map((r) => `c${r}`), reason },
    ];
    for (const other of [{ k: 2 }, { method: { kind: 'mixture', k: 6, shape: 'full' } }] as const) {
      const again = await run(edits, { ...other, anchor: shown(plain) });
      expect(held.every((r) => membersOf(again, 'B').includes(r))).toBe(true);
      expect(again.hands!.outcomes[0]!.applied).toBe(true);
    }
  });

  it('an edit whose letter is gone is skipped, said, and done again when it comes back', async () => {
    const edits: Edit[] = [{ kind: 'dissolve', letter: 'D', reason }];
    const two = await run(edits, { k: 2, anchor: shown(await run([])) });
    expect(two.hands!.outcomes).toEqual([
      { applied: false, customers: 0, words: 'There is no segment D now.' },
    ]);
    expect(two.words).toMatch(/1 of them found nobody or no segment to change\.$/);
    const four = await run(edits, { k: 4, anchor: shown(await run([])) });
    expect(four.hands!.outcomes[0]!.applied).toBe(true);
    expect(letters(four)).toEqual(['A', 'B', 'C', '']);
  });

  it('letters of what the method made survive a merge and a split on the screen, and undo', async () => {
    const segments = new Segments(segmentService());
    segments.settings = settings;
    await segments.run(table);
    const first = segments.segmentation!;
    const change = async (next: SegmentSettings) => {
      segments.settings = { ...next, ...segments.anchors() };
      await segments.run(table);
      return segments.segmentation!;
    };
    const merged = await change({
      ...settings,
      edits: [{ kind: 'merge', letters: ['A', 'B'], into: 'B', reason }],
    });
    expect(letters(merged)).toEqual(['B', 'C', 'D']);
    const split = await change({
      ...segments.settings,
      edits: [
        ...segments.settings.edits!,
        { kind: 'split', letter: 'B', into: ['E'], where: null, reason },
      ],
    });
    expect(letters(split)).toEqual(['B', 'C', 'D', 'E']);
    const parts = [membersOf(split, 'B'), membersOf(split, 'E')];
    const six = await change({ ...segments.settings, k: 6 });
    const back = await change({ ...segments.settings, k: 4 });
    expect(six.hands!.letters).toHaveLength(6);
    expect([...back.hands!.letters]).toEqual([0, 1, 2, 3]);
    expect(back.hands!.labels).toEqual(first.labels);
    expect([membersOf(back, 'B'), membersOf(back, 'E')]).toEqual(parts);
    const without = await change({ ...segments.settings, edits: [] });
    expect(without.labels).toEqual(first.labels);
    expect(letters(without)).toEqual(letters(first));
  });
});
