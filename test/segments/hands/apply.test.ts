import { describe, expect, it } from 'vitest';
import { matrix } from '../../../src/lib/matrix.ts';
import { anchorOf, witnessesOf } from '../../../src/segments/anchor.ts';
import { applyEdits } from '../../../src/segments/hands/apply.ts';
import { rowsNamed, type Edit } from '../../../src/segments/hands/edits.ts';
import { plainKernels } from '../../../src/segments/kernels/types.ts';
import { letterPlace } from '../../../src/segments/letters.ts';
import { blobs, noise } from '../../support/blobs.ts';
import { cancelledAt } from '../../support/cancelled.ts';
import { tableOf } from '../../support/feature-table.ts';

/** Twelve customers: c0 … c3 in A, c4 … c7 in B, c8 … c10 in C, c11 in none. */
const table = tableOf(noise(12, 2));
const places = Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, -1);
const words = (of: Int32Array) => [...of].map((p) => (p < 0 ? '-' : 'ABCDEFG'[p])).join('');
const because = { reason: '' };

async function edited(edits: readonly Edit[], of = table, from = places, anchor?: string) {
  const witnesses = witnessesOf(of.customers);
  const input = { ...of, witnesses, named: rowsNamed(edits, of.customers) };
  const options = { edits, seed: 1, restarts: 3, anchor };
  return applyEdits(input, from, options, plainKernels);
}

describe('edits', () => {
  it('merges segments, and what is gone of them is said', async () => {
    const merge = { kind: 'merge', letters: ['A', 'C', 'F'], into: 'A', ...because } as const;
    const { places: after, outcomes } = await edited([merge]);
    expect(words(after)).toBe('AAAABBBBAAA-');
    expect(outcomes).toEqual([
      {
        applied: true,
        customers: 3,
        words: 'A and C are one segment, A. There is no segment F now.',
      },
    ]);
    expect(words(places)).toBe('AAAABBBBCCC-'); // what the method made is left as it was
  });

  it('moves, excludes, dissolves and holds customers by their ids', async () => {
    const { places: after, outcomes } = await edited([
      { kind: 'move', customers: ['c0', 'c11', 'c99'], to: 'B', ...because },
      { kind: 'exclude', customers: ['c1'], ...because },
      { kind: 'dissolve', letter: 'C', ...because },
      { kind: 'pin', letter: 'G', customers: ['c2', 'c8'], ...because },
    ]);
    expect(words(after)).toBe('B-GABBBBG--B');
    expect(outcomes.map(({ customers }) => customers)).toEqual([2, 1, 3, 2]);
    expect(outcomes[0]!.words).toBe('2 customers moved to B. 1 of 3 are not in the data now.');
    expect(outcomes.every(({ applied }) => applied)).toBe(true);
  });

  it('makes a segment of those for whom a rule holds, wherever they are', async () => {
    const raw = matrix(
      12,
      2,
      Float32Array.from({ length: 24 }, (_, i) => i >> (1 - (i % 2))),
    );
    const of = { ...table, raw };
    const [number, other] = table.features.map(({ name }) => name);
    const values = Array.from({ length: 12 }, (_, r) => raw.data[2 * r]!);
    const low = values[2]!;
    const high = values[9]!;
    const anyOf = [
      [{ feature: number!, is: 'between', low, high: values[4]! }],
      [{ feature: number!, is: 'at-least', value: high }],
    ] as const;
    const rule = { kind: 'rule', letter: 'E', anyOf, ...because } as const;
    const { places: after, outcomes } = await edited([rule], of);
    const expected = values.map((value, r) =>
      (value >= low && value <= values[4]!) || value >= high ? 'E' : 'AAAABBBBCCC-'[r]!,
    );
    expect(words(after)).toBe(expected.join(''));
    const many = expected.filter((each) => each === 'E').length;
    expect(many).toBe(6);
    expect(outcomes[0]).toMatchObject({ applied: true, customers: 6 });
    expect(outcomes[0]!.words).toMatch(/, or .*: 6 customers in E, 6 of whom the method has/);
    const none = [[{ feature: other!, is: 'at-least', value: 1e30 }]] as const;
    const gone = [[{ feature: 'gone', is: 'at-least', value: 0 }]] as const;
    const failing = [none, gone, []].map((each) => ({ ...rule, anyOf: each }));
    const { places: kept, outcomes: missed } = await edited(failing, of);
    expect(words(kept)).toBe('AAAABBBBCCC-');
    expect(missed.map((each) => each.applied)).toEqual([false, false, false]);
    expect(missed[0]!.words).toMatch(/holds for nobody now/);
    expect(missed[1]!.words).toBe('There is no feature gone.');
    expect(missed[2]!.words).toBe('There is no condition.');
  });

  it('does them in their order: the later one wins', async () => {
    const move: Edit = { kind: 'move', customers: ['c0'], to: 'B', ...because };
    const merge: Edit = { kind: 'merge', letters: ['A', 'B'], into: 'A', ...because };
    expect(words((await edited([move, merge])).places)).toBe('AAAAAAAACCC-');
    const { places: after, outcomes } = await edited([merge, move]);
    expect(words(after)).toBe('AAAAAAAACCC-');
    expect(outcomes[1]).toEqual({
      applied: false,
      customers: 0,
      words: 'There is no segment B now.',
    });
  });

  it.each<[Edit, string]>([
    [{ kind: 'merge', letters: ['A', 'X'], into: 'A', ...because }, 'There is no segment X now.'],
    [
      { kind: 'merge', letters: ['X', 'Y'], into: 'X', ...because },
      'There are no segments X and Y now.',
    ],
    [{ kind: 'move', customers: ['c0'], to: 'X', ...because }, 'There is no segment X now.'],
    [
      { kind: 'move', customers: ['gone'], to: 'A', ...because },
      'The customer it names is not in the data now.',
    ],
    [
      { kind: 'exclude', customers: ['g', 'h'], ...because },
      'None of the 2 customers it names are in the data now.',
    ],
    [{ kind: 'pin', letter: 'A', customers: [], ...because }, 'It names no customer.'],
    [{ kind: 'dissolve', letter: 'X', ...because }, 'There is no segment X now.'],
    [
      { kind: 'split', letter: 'X', into: ['D'], where: null, ...because },
      'There is no segment X now.',
    ],
    [{ kind: 'split', letter: 'A', into: ['D'], where: [], ...because }, 'There is no condition.'],
    [
      {
        kind: 'split',
        letter: 'A',
        into: ['D'],
        where: [{ feature: 'age', is: 'at-least', value: 3 }],
        ...because,
      },
      'There is no feature age.',
    ],
    [
      {
        kind: 'split',
        letter: 'A',
        into: ['D'],
        where: [{ feature: 'f0', is: 'at-least', value: 7 }],
        ...because,
      },
      'The condition holds for none of the 4 customers of A.',
    ],
  ])('says why nothing was done: %o', async (edit, why) => {
    const { places: after, outcomes } = await edited([edit]);
    expect(outcomes).toEqual([{ applied: false, customers: 0, words: why }]);
    expect(after).toEqual(places);
  });
});

describe('a split', () => {
  const three = tableOf(blobs(300, 3)); // row r in cloud r % 3
  const all = new Int32Array(300);
  const split: Edit = { kind: 'split', letter: 'A', into: ['B', 'C'], where: null, ...because };

  it('by k-means finds the clouds inside, the largest keeps the letter', async () => {
    const uneven = all.map((_, r) => (r < 240 || r % 3 === 0 ? 0 : 4));
    const { places: after, outcomes } = await edited([split], three, uneven);
    const of = (r: number) => after[r];
    for (let r = 0; r < 240; r++) expect(of(r)).toBe(of(r % 3));
    expect(of(0)).toBe(0);
    expect([...new Set(after)].sort()).toEqual([0, 1, 2, 4]);
    expect(outcomes[0]!.words).toBe('A is parted into A (100), B (80) and C (80).');
    expect(outcomes[0]!.customers).toBe(160);
  });

  it('keeps the letters of its parts with their customers by what was on the screen', async () => {
    const witnesses = witnessesOf(three.customers);
    const seen = Int32Array.from(all, (_, r) => [2, 0, 1][r % 3]!);
    const shown = { labels: seen, segments: [0, 1, 2].map((colour) => ({ colour })) };
    const anchor = anchorOf(shown, witnesses, { named: [] });
    const { places: after } = await edited([split], three, all, anchor);
    expect(after).toEqual(seen);
    expect((await edited([split], three, all, anchor)).places).toEqual(after);
  });

  it('by a condition gives the new letter to those for whom it holds', async () => {
    const where = [{ feature: 'f0', is: 'at-least', value: 5 }] as const;
    const { places: after } = await edited([{ ...split, into: ['D'], where }], three, all);
    after.forEach((place, r) => expect(place).toBe(r % 3 === 0 ? 0 : 3));
  });

  it('takes another letter where its own belongs to somebody by now, and says so', async () => {
    const taken = all.map((_, r) => (r === 7 ? letterPlace('B') : 0));
    const { places: after, outcomes } = await edited([split], three, taken);
    expect([...new Set(after)].sort()).toEqual([0, 1, 2, 3]);
    expect(after.filter((place) => place === 1)).toHaveLength(1);
    expect(outcomes[0]!.words).toMatch(/ A letter that it was to have belongs to another segment/);
  });

  it('does nothing to customers who are all the same, or to one', async () => {
    const same = tableOf(matrix(20, 2));
    expect((await edited([split], same, new Int32Array(20))).outcomes[0]).toMatchObject({
      applied: false,
      words: 'All customers of A are the same in what they are grouped by.',
    });
    const one = new Int32Array(20).fill(1);
    one[4] = 0;
    expect((await edited([split], same, one)).outcomes[0]!.words).toBe('A is one customer now.');
  });

  it('makes fewer parts where fewer customers differ', async () => {
    const two = tableOf(matrix(4, 1, Float32Array.of(0, 0, 9, 9)));
    const { outcomes } = await edited([split], two, new Int32Array(4));
    expect(outcomes[0]!.words).toBe('A is parted into A (2) and B (2). Only 2 parts differ.');
  });
});

it('a cancelled job stops before the next edit', async () => {
  const edits: Edit[] = [{ kind: 'dissolve', letter: 'A', ...because }];
  const options = { edits, seed: 1, restarts: 1 };
  await expect(
    applyEdits(table, places, options, plainKernels, cancelledAt(0).job),
  ).rejects.toThrow(/abort/i);
});

it('no customers, no edits', async () => {
  const none = tableOf(matrix(0, 2));
  expect(await edited([], none, new Int32Array())).toEqual({
    places: new Int32Array(),
    outcomes: [],
  });
});
