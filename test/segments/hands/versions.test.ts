import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../../../src/lib/random.ts';
import { atOnce } from '../../../src/lib/steps.ts';
import { packPeople, populationOf, unpackPeople } from '../../../src/segments/hands/population.ts';
import {
  compareVersions,
  MOST_VERSIONS,
  noRoom,
  nowOf,
  packLabels,
  unpackLabels,
  versionOf,
  without,
  type Version,
} from '../../../src/segments/hands/versions.ts';
import { segmentDefaults, type Segmentation } from '../../../src/segments/types.ts';
import { segmentation } from '../../support/results.ts';

const pack = (labels: Int32Array, groups: number) => atOnce(packLabels(labels, groups));
const unpack = (text: string, customers: number, groups: number) =>
  atOnce(unpackLabels(text, customers, groups));

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
        const text = pack(labels, groups);
        expect(text).toMatch(/^[\w-]*$/);
        expect(unpack(text, labels.length, groups)).toEqual(labels);
      }),
    );
  });

  it('are short: half a character for each customer of eight segments', () => {
    const labels = Int32Array.from({ length: 100_000 }, (_, r) => (r * 7) % 8);
    expect(pack(labels, 8)).toHaveLength(50_000);
    expect(pack(new Int32Array(), 3)).toBe('');
  });

  it('refuse a label of no group, and a text that is not whole says nothing', () => {
    expect(() => pack(Int32Array.of(0, 3), 3)).toThrow(RangeError);
    expect(() => pack(Int32Array.of(-1), 3)).toThrow(RangeError);
    const text = pack(Int32Array.of(0, 1, 2, 2, 1), 3);
    expect(unpack(text, 9, 3)).toBeNull();
    expect(unpack(text.slice(1), 5, 3)).toBeNull();
    expect(unpack(text.replace(/^./, '!'), 5, 3)).toBeNull();
    expect(unpack('__', 6, 3)).toBeNull(); // 3 is no label of three groups
  });
});

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const before = segmentation(['Regulars', 'Lapsed', 'New'], [0, 0, 1, 1, 2, 2]);
const about = { name: 'Spring', on: '2026-11-26', features: { on: ['orders'] } };
const now = (customers: readonly string[]) => atOnce(nowOf(customers));
const saved = (
  made: Segmentation,
  customers: readonly string[],
  others: readonly Version[] = [],
): Version =>
  atOnce(versionOf(about, { ...segmentDefaults, k: 3, versions: others }, now(customers), made));
const compared = (
  pair: { readonly before: Version | null; readonly after: Version | null },
  versions: readonly Version[],
  made: Segmentation,
  customers: readonly string[],
) => atOnce(compareVersions(pair, versions, made, now(customers)));

describe('who customers are', () => {
  it('is kept as hashes in order, in about 22 bits each, and comes back', () => {
    const next = random(4);
    const many = Array.from({ length: 50_000 }, (_, i) => `C${i}-${Math.floor(next() * 1e6)}`);
    const population = atOnce(populationOf(many));
    expect([...population.rows].sort((a, b) => a - b)).toEqual([...many.keys()]);
    const text = atOnce(packPeople(population));
    expect(text).toMatch(/^[\w-]+$/);
    expect(text.length / many.length).toBeLessThan(3.9);
    const back = atOnce(unpackPeople(text, many.length))!;
    expect(back.bits).toBe(36);
    const kept = population.hashes.map((hash) => Math.floor(hash / 2 ** (52 - 36)));
    expect(Buffer.from(back.hashes.buffer).equals(Buffer.from(kept.buffer))).toBe(true);
    expect(atOnce(unpackPeople(text.slice(0, -1), many.length))).toBeNull();
    expect(atOnce(unpackPeople(`${text}A`, many.length))).toBeNull();
  });

  it('of nobody is nothing, and the same id twice is two rows', () => {
    expect(atOnce(packPeople(atOnce(populationOf([]))))).toBe('');
    expect(atOnce(unpackPeople('', 0))!.hashes).toHaveLength(0);
    expect([...atOnce(populationOf(['x', 'x', 'x'])).rows]).toEqual([0, 1, 2]);
  });
});

it('a version holds how it is made and who was where, and no version inside it', () => {
  const version = saved(before, ids);
  expect(version).toMatchObject({ ...about, customers: 6, settings: { k: 3 } });
  expect('versions' in version.settings).toBe(false);
  expect(version.segments.map(({ letter, size }) => [letter, size])).toEqual([
    ['A', 2],
    ['B', 2],
    ['C', 2],
  ]);
  const same = compared({ before: version, after: null }, [version], before, ids);
  expect(same).toMatchObject({
    change: { both: 6, moved: 0, came: 0, went: 0, agreement: 1 },
    table: Int32Array.of(2, 0, 0, 0, 2, 0, 0, 0, 2),
  });
  const broken = { ...version, labels: 'x' };
  expect(compared({ before: broken, after: null }, [broken], before, ids)).toEqual({
    unknown: 'before',
  });
});

it('who moved is told by letter, agreement whatever segments are called', () => {
  const after = segmentation(['Regulars', 'Lapsed', 'New'], [0, 1, 1, 1, 2, 2]);
  const version = saved(before, ids);
  const found = compared({ before: version, after: null }, [version], after, ids);
  if ('unknown' in found) throw new Error('it is known');
  expect(found.change.moved).toBe(1);
  expect([...found.table]).toEqual([1, 1, 0, 0, 2, 0, 0, 0, 2]);
  expect(found.change.agreement).toBeGreaterThan(0.3);
  const renamed = {
    ...before,
    segments: before.segments.map((each, i) => ({ ...each, letter: 'XYZ'[i]! })),
  };
  expect(compared({ before: version, after: null }, [version], renamed, ids)).toMatchObject({
    change: { moved: 6, agreement: 1 },
  });
});

it('versions of other customers are compared over those in both, with who came and who went', () => {
  const spring = saved(before, ids);
  const later = ['h', 'b', 'c', 'd', 'g', 'f'];
  const made = segmentation(['Regulars', 'Lapsed', 'New'], [0, 0, 0, 1, 2, 2]);
  const found = compared({ before: spring, after: null }, [spring], made, later);
  if ('unknown' in found) throw new Error('it is known');
  expect(found.change).toMatchObject({ both: 4, moved: 1, came: 2, went: 2 });
  expect(found.before.map(({ name, size }) => [name, size]).at(-1)).toEqual(['New', 2]);
  expect(found.after.map(({ name, size }) => [name, size]).at(-1)).toEqual(['Gone', 2]);
  // rows: A (a gone, b → A), B (c → A, d → B), C (e gone, f → C), new (h → A, g → C)
  expect([...found.table]).toEqual([1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 0, 1, 0]);
  // the other way round what came has gone
  const back = compared({ before: null, after: spring }, [spring], made, later);
  expect(back).toMatchObject({ change: { both: 4, moved: 1, came: 2, went: 2 } });
  const summer = saved(made, later, [spring]);
  const both = compared({ before: spring, after: summer }, [spring, summer], before, [
    'z',
    'y',
    'x',
  ]);
  expect('change' in both && both.change).toEqual(found.change);
});

it('as many came and went as sets say, of any customers', () => {
  const some = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1 });
  fc.assert(
    fc.property(some, some, (old, fresh) => {
      const [a, b] = [old.map(String), fresh.map(String)];
      const one = segmentation(
        ['x', 'y'],
        a.map((id) => Number(id) % 2),
      );
      const two = segmentation(
        ['x', 'y'],
        b.map((id) => Number(Number(id) % 3 === 0)),
      );
      const version = saved(one, a);
      const found = compared({ before: version, after: null }, [version], two, b);
      if ('unknown' in found) throw new Error('it is known');
      const both = a.filter((id) => b.includes(id));
      const moved = both.filter((id) => Number(id) % 2 !== Number(Number(id) % 3 === 0));
      expect(found.change).toMatchObject({
        ...{ both: both.length, moved: moved.length },
        ...{ came: b.length - both.length, went: a.length - both.length },
      });
    }),
  );
});

it('of the same customers who they are is kept once, and passes on when that version is removed', () => {
  const first = saved(before, ids);
  const second = saved(before, ids, [first]);
  const other = saved(before, ['h', ...ids.slice(1)], [first, second]);
  expect([first, second, other].map(({ who }) => who !== undefined)).toEqual([true, false, true]);
  const left = without([first, other, second], 0);
  expect(left.map(({ who }) => who)).toEqual([other.who, first.who]);
  expect(without(left, 0)).toEqual([left[1]]);
  expect(without(left, 5)).toEqual(left);
  const made = segmentation(['x'], [0, 0]);
  const found = compared({ before: left[1]!, after: null }, left, made, ['a', 'q']);
  expect(found).toMatchObject({ change: { both: 1, came: 1, went: 5 } });
});

it('a version from before hashes were kept is compared with the same customers only', () => {
  const { who: _who, order: _order, ...rest } = saved(before, ids);
  const old: Version = { ...rest, labels: pack(before.labels, 3) };
  expect(compared({ before: old, after: null }, [old], before, ids)).toMatchObject({
    change: { both: 6, moved: 0 },
  });
  const later = [...ids.slice(1), 'g'];
  expect(compared({ before: null, after: old }, [old], before, later)).toEqual({
    unknown: 'after',
  });
});

it('says when there is no room for another', () => {
  const one = saved(before, ids);
  expect(noRoom([one], one, 3)).toBeNull();
  expect(noRoom(new Array(MOST_VERSIONS).fill(one), one, 3)).toMatch(/keeps 20 versions/);
  expect(noRoom([], { customers: 50_000_000, ids: '' }, 8)).toMatch(/no room/);
});
