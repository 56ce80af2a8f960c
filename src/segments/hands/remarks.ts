import { atOnce, type Steps } from '../../lib/steps.ts';
import type { Segmentation } from '../types.ts';

/** That a person stands behind a segment as it was on that day. */
export type Approval = {
  /** As typed. */
  readonly by: string;
  /** yyyy-mm-dd, given by the page: nothing here reads a clock. */
  readonly on: string;
  readonly customers: number;
  /** Of the ids of its customers then (`membersDigest`): whether it is still the same segment. */
  readonly digest: string;
};

/** What a person says of one segment; it follows the letter. */
export type Remark = {
  readonly letter: string;
  /** Place in the palette, from 0. */
  readonly colour?: number;
  readonly note?: string;
  /** A person's own text in place of Tessera's. */
  readonly story?: string;
  readonly approved?: Approval;
};

type Said = Omit<Remark, 'letter'>;
/** What is to be said anew; undefined takes it back. */
export type Saying = { readonly [K in keyof Said]?: Said[K] | undefined };

/** The remarks with something said anew of one segment; one of which nothing is left falls out. In the order of letters. */
export function withRemark(
  remarks: readonly Remark[],
  letter: string,
  saying: Saying,
): readonly Remark[] {
  const before = remarks.find((each) => each.letter === letter);
  const said = Object.entries({ ...before, ...saying, letter }).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  const others = remarks.filter((each) => each.letter !== letter);
  if (said.length === 1) return others;
  const next = Object.fromEntries(said) as Remark; // what is undefined was left out, the letter is in it
  return [...others, next].sort((a, b) => (a.letter < b.letter ? -1 : 1));
}

export const remarkOf = (remarks: readonly Remark[] | undefined, letter: string): Remark =>
  remarks?.find((each) => each.letter === letter) ?? { letter };

/** The colours that a person gave, by letter. */
export function withColours(made: Segmentation, remarks: readonly Remark[]): Segmentation {
  if (!remarks.some(({ colour }) => colour !== undefined)) return made;
  const segments = made.segments.map((segment) => {
    const { colour } = remarkOf(remarks, segment.letter);
    return colour === undefined || segment.rest ? segment : { ...segment, colour };
  });
  return { ...made, segments };
}

/**
 * Sixteen hex digits over the ids of one segment's customers, whatever their order: the sum of a 64-bit hash of each id (FNV-1a, Fowler, Noll &
 * Vo 1991, in two halves). To notice that a segment changed, not to withstand an attacker. O(characters).
 */
export function* digestSteps(
  customers: readonly string[],
  labels: Int32Array,
  segment: number,
): Steps<string> {
  let [low, high] = [0, 0];
  for (let r = 0; r < labels.length; r++) {
    if (r % 16_384 === 16_383) yield;
    if (labels[r] !== segment) continue;
    const id = customers[r]!;
    let [a, b] = [0x811c9dc5, 0xcbf29ce4];
    for (let i = 0; i < id.length; i++) {
      a = Math.imul(a ^ id.charCodeAt(i), 0x01000193);
      b = Math.imul(b ^ id.charCodeAt(i), 0x01000197);
    }
    low = (low + Math.imul(a ^ (a >>> 15), 0x85ebca6b)) >>> 0;
    high = (high + Math.imul(b ^ (b >>> 13), 0xc2b2ae35)) >>> 0;
  }
  return [high, low].map((half) => half.toString(16).padStart(8, '0')).join('');
}

export const membersDigest = (
  customers: readonly string[],
  labels: Int32Array,
  segment: number,
): string => atOnce(digestSteps(customers, labels, segment));
