import { expect, it } from 'vitest';
import { rowsInside, rowsOfSegment } from '../../../src/segments/hands/doing.ts';
import { editWords, newLetters, tooMany } from '../../../src/segments/hands/edit-words.ts';
import { rowsNamed, type Edit } from '../../../src/segments/hands/edits.ts';

const reason = '';
const edits: readonly (readonly [Edit, string])[] = [
  [{ kind: 'merge', letters: ['A', 'B', 'D'], into: 'B', reason }, 'Merge A, B and D into B'],
  [{ kind: 'split', letter: 'C', into: ['E', 'F'], where: null, reason }, 'Split C into 3 parts'],
  [{ kind: 'split', letter: 'C', into: ['E'], where: [], reason }, 'Split C by a condition'],
  [{ kind: 'move', customers: ['x'], to: 'B', reason }, 'Move 1 customer to B'],
  [{ kind: 'exclude', customers: ['x', 'y'], reason }, 'Exclude 2 customers'],
  [{ kind: 'dissolve', letter: 'D', reason }, 'Dissolve D'],
  [{ kind: 'pin', letter: 'G', customers: ['x', 'y'], reason }, 'Hold 2 customers in G'],
  [{ kind: 'rule', letter: 'K', anyOf: [[]], reason }, 'Make K by a rule'],
];

it.each(edits)('%o is said in words', (edit, words) => expect(editWords(edit)).toBe(words));

it('new letters are those that nothing speaks of', () => {
  const settings = {
    edits: edits.map(([edit]) => edit),
    names: [{ letter: 'H', name: 'Ours' }],
    remarks: [{ letter: 'J', note: 'x' }],
  };
  expect(newLetters(3, ['A', 'B', 'C', 'I'], settings)).toEqual(['L', 'M', 'N']);
  expect(newLetters(2, ['A', ''], { names: [] })).toEqual(['B', 'C']);
  expect(newLetters(0, [], { names: [] })).toEqual([]);
});

it('names the rows of each edit, every customer once, and nobody who is not there', () => {
  const all = edits.map(([edit]) => edit);
  const rows = rowsNamed(all, ['w', 'y', 'x']);
  expect(rows.map((each) => [...each])).toEqual([[], [], [], [2], [1, 2], [], [1, 2], []]);
  const twice: Edit = { kind: 'exclude', customers: ['x', 'x'], reason };
  expect(rowsNamed([twice], ['x'])).toEqual([Int32Array.of(0)]);
  expect(rowsNamed([], ['x'])).toEqual([]);
});

it('says where a recipe could not name so many', () => {
  expect(tooMany(100_000)).toBeNull();
  expect(tooMany(100_001)).toMatch(/100,000 customers in one change, and these are 100,001/);
});

it('rows inside a selection, and of a segment', () => {
  expect([...rowsInside(Uint8Array.of(1, 0, 1, 0))]).toEqual([1, 3]);
  expect([...rowsOfSegment(Int32Array.of(0, 2, 2, 1), 2)]).toEqual([1, 2]);
  expect(rowsInside(new Uint8Array())).toHaveLength(0);
});
