import type { FeatureSettings } from '../../features/types.ts';
import { adjustedRandIndex } from '../../lib/stats/rand-index.ts';
import { moves } from '../moves.ts';
import type { Segment, Segmentation, SegmentSettings } from '../types.ts';
import { membersDigest } from './remarks.ts';

type Line = Pick<Segment, 'letter' | 'name' | 'colour' | 'size' | 'rest'>;

/** A segmentation as it was saved under a name: how it is made again, and who was where. */
export type Version = {
  readonly name: string;
  /** yyyy-mm-dd, given by the page. */
  readonly on: string;
  readonly features: FeatureSettings;
  /** With all that the method chose. */
  readonly settings: Omit<SegmentSettings, 'versions' | 'views'>;
  readonly segments: readonly Line[];
  readonly customers: number;
  /** Of the ids of all customers (`membersDigest`): labels are of these only. */
  readonly ids: string;
  /** [customers] places in `segments`, packed (`packLabels`). */
  readonly labels: string;
};

/** A recipe keeps so many, and so many characters of labels in all. */
export const MOST_VERSIONS = 20;
export const MOST_LABELS = 8_000_000;

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const bitsFor = (groups: number): number => {
  let bits = 1;
  while (2 ** bits < groups) bits++;
  return bits;
};

/** Labels 0 … groups − 1 as text, as few bits each as tell them apart: 1,000,000 customers in 8 segments are 500,000 characters. */
export function packLabels(labels: Int32Array, groups: number): string {
  const bits = bitsFor(groups);
  const parts: string[] = [];
  let [held, have, part] = [0, 0, ''];
  for (const label of labels) {
    if (!(label >= 0 && label < groups))
      throw new RangeError(`${label} is none of ${groups} groups`);
    held = held * 2 ** bits + label;
    have += bits;
    while (have >= 6) {
      const rest = 2 ** (have - 6);
      part += digits[Math.floor(held / rest)]!;
      held %= rest;
      have -= 6;
    }
    if (part.length > 8192) (parts.push(part), (part = ''));
  }
  if (have > 0) part += digits[held * 2 ** (6 - have)]!;
  return parts.join('') + part;
}

/** `packLabels` the other way; null of a text that is not whole. */
export function unpackLabels(
  text: string,
  customers: number,
  groups: number,
): Int32Array<ArrayBuffer> | null {
  const bits = bitsFor(groups);
  if (text.length !== Math.ceil((customers * bits) / 6)) return null;
  const labels = new Int32Array(customers);
  let [held, have, at] = [0, 0, 0];
  for (let r = 0; r < customers; r++) {
    while (have < bits) {
      const digit = digits.indexOf(text[at++]!);
      if (digit < 0) return null;
      held = held * 64 + digit;
      have += 6;
    }
    const rest = 2 ** (have - bits);
    labels[r] = Math.floor(held / rest);
    held %= rest;
    have -= bits;
    if (labels[r]! >= groups) return null;
  }
  return labels;
}

export const idsDigest = (customers: readonly string[]): string =>
  membersDigest(customers, new Int32Array(customers.length), 0);

/** What stands on the screen as a version. `settings`: with all that the method chose. */
export function versionOf(
  about: Pick<Version, 'name' | 'on' | 'features'>,
  { versions: _others, views: _shown, ...settings }: SegmentSettings,
  customers: readonly string[],
  { segments, labels }: Pick<Segmentation, 'segments' | 'labels'>,
): Version {
  return {
    ...about,
    settings,
    segments: segments.map(({ letter, name, colour, size, rest }) => ({
      ...{ letter, name, colour, size, rest },
    })),
    customers: customers.length,
    ids: idsDigest(customers),
    labels: packLabels(labels, segments.length),
  };
}

/** The labels of a version, where it is of these customers and whole; null otherwise. */
export const labelsOf = (
  { labels, segments, customers, ids }: Version,
  now: { readonly customers: number; readonly ids: string },
): Int32Array<ArrayBuffer> | null =>
  ids === now.ids && customers === now.customers
    ? unpackLabels(labels, customers, segments.length)
    : null;

type Side = { readonly labels: Int32Array; readonly segments: readonly Line[] };

export type Change = {
  /** [before × after], row-major: customers. */
  readonly table: Int32Array<ArrayBuffer>;
  /** Customers under another letter. */
  readonly moved: number;
  /** Adjusted Rand index: 1 the same segments whatever they are called, about 0 no more alike than chance. */
  readonly agreement: number;
};

/** Who moved from one grouping of the same customers to another. O(customers). */
export function changeBetween(before: Side, after: Side): Change {
  const groupsOf = ({ labels, segments }: Side) => ({ labels, groups: segments.length });
  const table = moves(groupsOf(before), groupsOf(after));
  const moved = table.reduce((sum, many, cell) => {
    const [from, to] = [Math.floor(cell / after.segments.length), cell % after.segments.length];
    return before.segments[from]!.letter === after.segments[to]!.letter ? sum : sum + many;
  }, 0);
  return { table, moved, agreement: adjustedRandIndex(before.labels, after.labels) };
}

/** Why another version cannot be kept, in a sentence; null where it can. */
export function noRoom(versions: readonly Version[], next: number, groups: number): string | null {
  if (versions.length >= MOST_VERSIONS)
    return `A project keeps ${MOST_VERSIONS} versions: remove one first.`;
  const kept = versions.reduce((sum, { labels }) => sum + labels.length, 0);
  return kept + (next * bitsFor(groups)) / 6 > MOST_LABELS
    ? 'There is no room for the labels of so many customers: remove a version first.'
    : null;
}
