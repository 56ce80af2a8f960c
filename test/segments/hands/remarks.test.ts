import { expect, it } from 'vitest';
import {
  membersDigest,
  remarkOf,
  withColours,
  withRemark,
  type Remark,
} from '../../../src/segments/hands/remarks.ts';
import { segmentation } from '../../support/results.ts';

it('says something anew of one segment, and forgets one of which nothing is left', () => {
  const one = withRemark([], 'B', { note: 'Ask Ana' });
  expect(one).toEqual([{ letter: 'B', note: 'Ask Ana' }]);
  const two = withRemark(withRemark(one, 'A', { colour: 0 }), 'B', { colour: 3 });
  expect(two).toEqual([
    { letter: 'A', colour: 0 },
    { letter: 'B', note: 'Ask Ana', colour: 3 },
  ]);
  expect(withRemark(two, 'B', { note: '' })).toEqual([
    { letter: 'A', colour: 0 },
    { letter: 'B', colour: 3 },
  ]);
  expect(withRemark(two, 'A', { colour: undefined })).toHaveLength(1);
  expect(remarkOf(two, 'C')).toEqual({ letter: 'C' });
  expect(remarkOf(undefined, 'C')).toEqual({ letter: 'C' });
});

it('recolours by letter, never those in no segment', () => {
  const made = segmentation(['x', 'y'], [0, 1, 1]);
  const rest = { ...made.segments[1]!, letter: '', rest: true, colour: -1 };
  const withRest = { ...made, segments: [made.segments[0]!, rest] };
  const remarks: Remark[] = [
    { letter: 'A', colour: 7 },
    { letter: '', colour: 2 },
  ];
  expect(withColours(withRest, remarks).segments.map(({ colour }) => colour)).toEqual([7, -1]);
  expect(withColours(made, [{ letter: 'A', note: 'x' }])).toBe(made);
});

it('a digest changes with every member, and not with their order or with other segments', () => {
  const ids = Array.from({ length: 400 }, (_, r) => `customer ${r}`);
  const labels = Int32Array.from(ids, (_, r) => r % 2);
  const digest = membersDigest(ids, labels, 0);
  expect(digest).toMatch(/^[0-9a-f]{16}$/);
  expect(membersDigest(ids.toReversed(), labels.toReversed(), 0)).toBe(digest);
  expect(membersDigest([...ids, 'new'], Int32Array.from([...labels, 1]), 0)).toBe(digest);
  const seen = new Set([digest]);
  for (let r = 0; r < ids.length; r++) {
    const other = labels.slice();
    other[r] = 1 - other[r]!;
    seen.add(membersDigest(ids, other, 0));
  }
  expect(seen.size).toBe(401);
  expect(membersDigest([], new Int32Array(), 0)).toBe('0000000000000000');
});
