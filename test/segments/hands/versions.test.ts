import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changeBetween,
  idsDigest,
  labelsOf,
  MOST_VERSIONS,
  noRoom,
  packLabels,
  unpackLabels,
  versionOf,
} from '../../../src/segments/hands/versions.ts';
import { segmentDefaults } from '../../../src/segments/types.ts';
import { segmentation } from '../../support/results.ts';

describe('labels as text', () => {
  it('come back as they were, whatever they are', () => {
    const grouping = fc
      .integer({ min: 1, max: 400 })
      .chain((groups) =>
        fc.tuple(fc.constant(groups), fc.array(fc.integer({ min: 0, max: groups - 1 }))),
      );
    fc.assert(
      fc.property(grouping, ([groups, list]) => {
        const labels = Int32Array.from(list);
        const text = packLabels(labels, groups);
        expect(text).toMatch(/^[\w-]*$/);
        expect(unpackLabels(text, labels.length, groups)).toEqual(labels);
      }),
    );
  });

  it('are short: half a character for each customer of eight segments', () => {
    const labels = Int32Array.from({ length: 100_000 }, (_, r) => (r * 7) % 8);
    expect(packLabels(labels, 8)).toHaveLength(50_000);
    expect(packLabels(new Int32Array(), 3)).toBe('');
  });

  it('refuse a label of no group, and a text that is not whole says nothing', () => {
    expect(() => packLabels(Int32Array.of(0, 3), 3)).toThrow(RangeError);
    expect(() => packLabels(Int32Array.of(-1), 3)).toThrow(RangeError);
    const text = packLabels(Int32Array.of(0, 1, 2, 2, 1), 3);
    expect(unpackLabels(text, 9, 3)).toBeNull();
    expect(unpackLabels(text.slice(1), 5, 3)).toBeNull();
    expect(unpackLabels(text.replace(/^./, '!'), 5, 3)).toBeNull();
    expect(unpackLabels('__', 6, 3)).toBeNull(); // 3 is no label of three groups
  });
});

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const before = segmentation(['Regulars', 'Lapsed', 'New'], [0, 0, 1, 1, 2, 2]);
const about = { name: 'Spring', on: '2026-11-26', features: { on: ['orders'] } };

it('a version holds how it is made and who was where, and no version inside it', () => {
  const version = versionOf(about, { ...segmentDefaults, k: 3, versions: [] }, ids, before);
  expect(version).toMatchObject({ ...about, customers: 6, settings: { k: 3 } });
  expect('versions' in version.settings).toBe(false);
  expect(version.segments.map(({ letter, size }) => [letter, size])).toEqual([
    ['A', 2],
    ['B', 2],
    ['C', 2],
  ]);
  const now = { customers: 6, ids: idsDigest(ids) };
  expect(labelsOf(version, now)).toEqual(before.labels);
  expect(labelsOf(version, { customers: 6, ids: idsDigest([...ids.slice(1), 'g']) })).toBeNull();
  expect(labelsOf({ ...version, labels: 'x' }, now)).toBeNull();
});

it('who moved is told by letter, agreement whatever segments are called', () => {
  const after = segmentation(['Regulars', 'Lapsed', 'New'], [0, 1, 1, 1, 2, 2]);
  const change = changeBetween(before, after);
  expect(change.moved).toBe(1);
  expect([...change.table]).toEqual([1, 1, 0, 0, 2, 0, 0, 0, 2]);
  expect(change.agreement).toBeGreaterThan(0.3);
  expect(changeBetween(before, before)).toMatchObject({ moved: 0, agreement: 1 });
  const renamed = {
    ...before,
    segments: before.segments.map((each, i) => ({ ...each, letter: 'XYZ'[i]! })),
  };
  expect(changeBetween(before, renamed)).toMatchObject({ moved: 6, agreement: 1 });
  expect(() => changeBetween(before, segmentation(['x'], [0]))).toThrow(RangeError);
});

it('says when there is no room for another', () => {
  const one = versionOf(about, segmentDefaults, ids, before);
  expect(noRoom([one], 6, 3)).toBeNull();
  expect(noRoom(new Array(MOST_VERSIONS).fill(one), 6, 3)).toMatch(/keeps 20 versions/);
  expect(noRoom([], 50_000_000, 8)).toMatch(/no room/);
});
