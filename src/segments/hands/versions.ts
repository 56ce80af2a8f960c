import type { FeatureSettings } from '../../features/types.ts';
import { randOf } from '../../lib/stats/rand-index.ts';
import type { Steps } from '../../lib/steps.ts';
import type { Segment, Segmentation, SegmentSettings } from '../types.ts';
import { BitText, TextBits } from './bits.ts';
import {
  packPeople,
  populationOf,
  unpackPeople,
  type People,
  type Population,
} from './population.ts';
import { digestSteps } from './remarks.ts';

export type Line = Pick<Segment, 'letter' | 'name' | 'colour' | 'size' | 'rest'>;

/** A segmentation as it was saved under a name: how it is made again, and who was where. */
export type Version = {
  readonly name: string;
  /** yyyy-mm-dd, given by the page. */
  readonly on: string;
  readonly features: FeatureSettings;
  /** With all that the method chose. */
  readonly settings: Omit<SegmentSettings, 'versions'>;
  readonly segments: readonly Line[];
  readonly customers: number;
  /** Of the ids of all customers (`membersDigest`). */
  readonly ids: string;
  /** [customers] places in `segments`, packed (`packLabels`). */
  readonly labels: string;
  /** How `labels` stand: by the hashes of the ids; absent: as the customers stand in the feature table, and so of the same customers only. */
  readonly order?: 'hash';
  /** Those hashes (`packPeople`). Of several versions of the same customers the first has them. */
  readonly who?: string;
};

/** A recipe keeps so many, and so many characters of labels and hashes in all. */
export const MOST_VERSIONS = 20;
export const MOST_LABELS = 12_000_000;

const STEP = 16_384;

const bitsOf = (groups: number): number => {
  let bits = 1;
  while (2 ** bits < groups) bits++;
  return bits;
};

/** Labels 0 … groups − 1 as text, as few bits each as tell them apart: 1,000,000 customers in 8 segments are 500,000 characters. */
export function* packLabels(labels: Int32Array, groups: number): Steps<string> {
  const bits = bitsOf(groups);
  const out = new BitText();
  for (let i = 0; i < labels.length; i++) {
    if (i % STEP === STEP - 1) yield;
    const label = labels[i]!;
    if (!(label >= 0 && label < groups))
      throw new RangeError(`${label} is none of ${groups} groups`);
    out.put(label, bits);
  }
  return out.text();
}

/** `packLabels` the other way; null of a text that is not whole. */
export function* unpackLabels(
  text: string,
  customers: number,
  groups: number,
): Steps<Int32Array<ArrayBuffer> | null> {
  const bits = bitsOf(groups);
  if (text.length !== Math.ceil((customers * bits) / 6)) return null;
  const labels = new Int32Array(customers);
  const from = new TextBits(text);
  for (let i = 0; i < customers; i++) {
    if (i % STEP === STEP - 1) yield;
    const label = from.take(bits);
    if (label < 0 || label >= groups) return null;
    labels[i] = label;
  }
  return labels;
}

/** The customers that a feature table has now. */
export type Now = { readonly population: Population; readonly ids: string };

export function* nowOf(customers: readonly string[]): Steps<Now> {
  const ids = yield* digestSteps(customers, new Int32Array(customers.length), 0);
  return { population: yield* populationOf(customers), ids };
}

/** What stands on the screen as a version. `settings`: with all that the method chose. `others`: those that are kept already. */
export function* versionOf(
  about: Pick<Version, 'name' | 'on' | 'features'>,
  { versions: others = [], ...settings }: SegmentSettings,
  { population, ids }: Now,
  { segments, labels }: Pick<Segmentation, 'segments' | 'labels'>,
): Steps<Version> {
  const isKnown = others.some((other) => other.ids === ids && other.who !== undefined);
  const who = isKnown ? null : yield* packPeople(population);
  return {
    ...about,
    settings,
    segments: segments.map(({ letter, name, colour, size, rest }) => ({
      ...{ letter, name, colour, size, rest },
    })),
    customers: labels.length,
    ids,
    labels: yield* packLabels(inOrder(labels, population), segments.length),
    order: 'hash',
    ...(who !== null && { who }),
  };
}

/** The versions without one: who its customers are passes on to the next of the same. */
export function without(versions: readonly Version[], place: number): readonly Version[] {
  const gone = versions[place];
  const left = versions.toSpliced(place, 1);
  if (gone?.who === undefined) return left;
  const next = left.findIndex(({ ids, who }) => ids === gone.ids && who === undefined);
  return next < 0 ? left : left.with(next, { ...left[next]!, who: gone.who });
}

const inOrder = (labels: Int32Array, { rows }: Population): Int32Array =>
  rows.map((row) => labels[row]!);

/** A grouping of some customers: [customers] hashes with the place in `segments` of each. */
export type Side = People & {
  readonly labels: Int32Array;
  readonly segments: readonly Line[];
};

export const sideNow = (
  { segments, labels }: Pick<Segmentation, 'segments' | 'labels'>,
  { population }: Now,
): Side => ({ ...population, segments, labels: inOrder(labels, population) });

/** A version as a side; null where its customers are not known: saved before versions kept who they were, or not whole. */
export function* sideOf(
  version: Version,
  versions: readonly Version[],
  { population, ids }: Now,
): Steps<Side | null> {
  const { segments, customers } = version;
  const labels = yield* unpackLabels(version.labels, customers, segments.length);
  if (!labels) return null;
  if (ids === version.ids && customers === population.rows.length) {
    const isByHash = version.order === 'hash';
    return { ...population, segments, labels: isByHash ? labels : inOrder(labels, population) };
  }
  const known = versions.find((each) => each.ids === version.ids && each.who !== undefined);
  if (version.order !== 'hash' || known?.who === undefined) return null;
  const people = yield* unpackPeople(known.who, customers);
  return people && { ...people, segments, labels };
}

export type Change = {
  /** [before + 1 × after + 1], row-major: customers; the last row those who are new, the last column those who are gone. */
  readonly table: Int32Array<ArrayBuffer>;
  /** Customers in both, those of them under another letter, and those in one alone. */
  readonly both: number;
  readonly moved: number;
  readonly came: number;
  readonly went: number;
  /** Of those in both, the adjusted Rand index: 1 the same segments whatever they are called, about 0 no more alike than chance. */
  readonly agreement: number;
};

/** Who moved, came and went from one grouping to another. Customers are the same where their hashes are, at the bits that both have. O(customers). */
export function* changeBetween(before: Side, after: Side): Steps<Change> {
  const bits = Math.min(before.bits, after.bits);
  const [down, up] = [2 ** (before.bits - bits), 2 ** (after.bits - bits)];
  const [n, m] = [before.labels.length, after.labels.length];
  const [gone, fresh] = [after.segments.length, before.segments.length];
  const table = new Int32Array((fresh + 1) * (gone + 1));
  for (let i = 0, j = 0, step = 0; i < n || j < m; step++) {
    if (step % STEP === STEP - 1) yield;
    const one = i < n ? Math.floor(before.hashes[i]! / down) : Infinity;
    const other = j < m ? Math.floor(after.hashes[j]! / up) : Infinity;
    const from = one <= other ? before.labels[i++]! : fresh;
    const to = other <= one ? after.labels[j++]! : gone;
    table[from * (gone + 1) + to]!++;
  }
  let [both, moved, came, went] = [0, 0, 0, 0];
  const [rows, cols] = [new Map<number, number>(), new Map<number, number>()];
  const cells: { row: number; col: number; count: number }[] = [];
  table.forEach((count, cell) => {
    const [row, col] = [Math.floor(cell / (gone + 1)), cell % (gone + 1)];
    if (row === fresh) came += count;
    else if (col === gone) went += count;
    else {
      both += count;
      if (before.segments[row]!.letter !== after.segments[col]!.letter) moved += count;
      rows.set(row, (rows.get(row) ?? 0) + count);
      cols.set(col, (cols.get(col) ?? 0) + count);
      cells.push({ row, col, count });
    }
  });
  return { table, both, moved, came, went, agreement: randOf({ n: both, rows, cols, cells }) };
}

/** Two groupings beside each other, or which of them is of customers that are not known. */
export type Compared =
  | { readonly unknown: 'before' | 'after' }
  | {
      readonly change: Change;
      /** As a picture shows it: those who are new stand last before, those who are gone last after. */
      readonly before: readonly Line[];
      readonly after: readonly Line[];
      readonly table: Int32Array<ArrayBuffer>;
    };

/** Two of `versions`, or one and what stands on the screen (null). */
export function* compareVersions(
  { before, after }: { readonly before: Version | null; readonly after: Version | null },
  versions: readonly Version[],
  made: Pick<Segmentation, 'segments' | 'labels'>,
  now: Now,
): Steps<Compared> {
  const first = before ? yield* sideOf(before, versions, now) : sideNow(made, now);
  if (!first) return { unknown: 'before' };
  const last = after ? yield* sideOf(after, versions, now) : sideNow(made, now);
  if (!last) return { unknown: 'after' };
  const change = yield* changeBetween(first, last);
  const group = (name: string, size: number): Line[] =>
    size > 0 ? [{ letter: '', name, colour: -1, size, rest: true }] : [];
  const lines = [...first.segments, ...group('New', change.came)];
  const columns = [...last.segments, ...group('Gone', change.went)];
  const table = Int32Array.from({ length: lines.length * columns.length }, (_, cell) => {
    const [row, col] = [Math.floor(cell / columns.length), cell % columns.length];
    return change.table[row * (last.segments.length + 1) + col]!;
  });
  return { change, before: lines, after: columns, table };
}

/** Why another version cannot be kept, in a sentence; null where it can. */
export function noRoom(
  versions: readonly Version[],
  next: { readonly customers: number; readonly ids: string },
  groups: number,
): string | null {
  if (versions.length >= MOST_VERSIONS)
    return `A project keeps ${MOST_VERSIONS} versions: remove one first.`;
  const kept = versions.reduce((sum, { labels, who = '' }) => sum + labels.length + who.length, 0);
  const isKnown = versions.some(({ ids, who }) => ids === next.ids && who !== undefined);
  const each = bitsOf(groups) + (isKnown ? 0 : 23);
  return kept + (next.customers * each) / 6 > MOST_LABELS
    ? 'There is no room for so many customers: remove a version first.'
    : null;
}
