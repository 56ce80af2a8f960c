import * as v from 'valibot';
import { expect, it } from 'vitest';
import { settingsSchema } from '../../src/project/settings.ts';
import type { Edit } from '../../src/segments/hands/edits.ts';
import type { Remark } from '../../src/segments/hands/remarks.ts';
import { segmentDefaults } from '../../src/segments/types.ts';

const accepts = (segments: object) =>
  v.safeParse(settingsSchema, {
    ...{ files: { sources: [] }, tables: {}, features: {} },
    segments: { ...segmentDefaults, ...segments },
  }).success;
const reason = '';

const edits: readonly Edit[] = [
  { kind: 'merge', letters: ['A', 'C'], into: 'A', reason: 'Too alike' },
  { kind: 'split', letter: 'A', into: ['E', 'F'], where: null, reason },
  {
    kind: 'split',
    letter: 'A',
    into: ['E'],
    where: [{ feature: 'spend', is: 'at-least', value: 9 }],
    reason,
  },
  { kind: 'move', customers: ['x', 'y'], to: 'B', reason },
  { kind: 'exclude', customers: ['staff'], reason },
  { kind: 'dissolve', letter: 'D', reason },
  { kind: 'pin', letter: 'G', customers: ['z'], reason },
  {
    kind: 'rule',
    letter: 'H',
    anyOf: [
      [{ feature: 'spend', is: 'between', low: 1, high: 9 }],
      [{ feature: 'plan', is: 'one-of', values: ['a'] }],
    ],
    reason,
  },
];
const approved = { by: 'Ana', on: '2026-11-26', customers: 3, digest: '00ff00ff00ff00ff' };
const remarks: readonly Remark[] = [
  { letter: 'A', colour: 3, note: 'n', story: 's', approved },
  { letter: 'B' },
];

it('a recipe holds edits and remarks, and gives them back as they were', () => {
  const segments = { ...segmentDefaults, edits, remarks, editedAnchor: 'A3 -2 B' };
  const whole = { files: { sources: [] }, tables: {}, features: {}, segments };
  expect(v.parse(settingsSchema, whole)).toEqual(whole);
});

const version = {
  ...{ name: 'Spring', on: '2026-11-26', customers: 2, ids: '00ff00ff00ff00ff', labels: 'Q' },
  features: { on: ['orders'] },
  settings: { ...segmentDefaults, edits, remarks },
  segments: [
    { letter: 'A', name: 'x', colour: 0, size: 1, rest: false },
    { letter: '', name: 'In no segment', colour: -1, size: 1, rest: true },
  ],
};

it('and versions, each with its own settings, but none inside another', () => {
  expect(accepts({ versions: [version] })).toBe(true);
  const inner = { ...version, settings: { ...version.settings, versions: [] } };
  expect(accepts({ versions: [inner] })).toBe(false);
  expect(accepts({ versions: [{ ...version, labels: 'a b' }] })).toBe(false);
  expect(accepts({ versions: [{ ...version, order: 'hash', who: 'Qx-_9' }] })).toBe(true);
  expect(accepts({ versions: [{ ...version, order: 'rows' }] })).toBe(false);
  expect(accepts({ versions: [{ ...version, who: '"' }] })).toBe(false);
  expect(accepts({ versions: [{ ...version, ids: '' }] })).toBe(false);
  expect(accepts({ versions: new Array(21).fill(version) })).toBe(false);
});

it('a recipe of before has none, and opens', () => {
  expect(accepts({})).toBe(true);
});

it.each([
  { kind: 'merge', letters: [], into: 'A', reason },
  { kind: 'merge', letters: ['a'], into: 'A', reason },
  { kind: 'split', letter: 'A', into: [], where: null, reason },
  { kind: 'move', customers: [3], to: 'A', reason },
  { kind: 'move', customers: [], to: 'A' },
  { kind: 'exclude', customers: new Array(100_001).fill('x'), reason },
  { kind: 'dissolve', letter: 'A', reason, more: 1 },
  { kind: 'rule', letter: 'A', anyOf: [[{ feature: 'spend', is: 'like', value: 1 }]], reason },
  { kind: 'rule', letter: 'A', anyOf: [[{ feature: 'spend', is: 'at-most', value: NaN }]], reason },
  { kind: 'rename', letter: 'A', reason },
])('and refuses the edit %#', (edit) => {
  expect(accepts({ edits: [edit] })).toBe(false);
});

it.each([
  { letter: 'A', colour: 12 },
  { letter: 'A', colour: -1 },
  { letter: '', note: 'x' },
  { letter: 'A', approved: { ...approved, on: 'today' } },
  { letter: 'A', approved: { ...approved, digest: 'x' } },
])('and the remark %#', (remark) => {
  expect(accepts({ remarks: [remark] })).toBe(false);
});
