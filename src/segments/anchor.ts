import { letterPlace } from './letters.ts';
import type { Segmentation } from './types.ts';

/** How many customers at most stand for all: a segment of 1 % has about 20 of them. */
const WITNESSES = 2048;

/**
 * The same few customers whatever else is in the file: each id falls by its hash into one of `WITNESSES` places, and of each place the one with
 * the least hash stands there. Rows of `customers`, −1 where nobody is. New customers move few of them. O(customers).
 */
export function witnessesOf(customers: readonly string[]): Int32Array<ArrayBuffer> {
  const rows = new Int32Array(WITNESSES).fill(-1);
  const least = new Float64Array(WITNESSES).fill(Infinity);
  customers.forEach((customer, row) => {
    const hash = hashOf(customer);
    const place = hash % WITNESSES;
    if (hash >= least[place]!) return;
    least[place] = hash;
    rows[place] = row;
  });
  return rows;
}

/** FNV-1a (Fowler, Noll & Vo 1991) over UTF-16 units, then the finaliser of MurmurHash3 (Appleby 2008); 0 … 2³² − 1. */
function hashOf(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * The letters of the witnesses as a short text, runs counted, and behind a stroke the letters that a person named, which nobody else may get:
 * "A3 -2 B A12 / B". "-" is nobody, or somebody in no segment.
 */
export function anchorOf(
  { labels, segments }: Pick<Segmentation, 'labels' | 'segments'>,
  witnesses: Int32Array,
  named: readonly string[],
): string {
  const runs: { of: string; times: number }[] = [];
  for (const row of witnesses) {
    const of = (row >= 0 && segments[labels[row] ?? -1]?.letter) || '-';
    const last = runs.at(-1);
    if (last?.of === of) last.times++;
    else runs.push({ of, times: 1 });
  }
  const text = runs.map(({ of, times }) => (times > 1 ? `${of}${times}` : of)).join(' ');
  return named.length > 0 ? `${text} / ${[...new Set(named)].sort().join(' ')}` : text;
}

export type Anchor = {
  /** Of each witness the place of its letter in the alphabet, −1 for none. */
  readonly places: Int32Array<ArrayBuffer>;
  /** Places of the letters that a person named. */
  readonly named: ReadonlySet<number>;
};

/** `anchorOf` the other way. A text that is no anchor says nothing. */
export function readAnchor(anchor: string): Anchor {
  const [runs = '', named = ''] = anchor.split('/');
  const places = new Int32Array(WITNESSES).fill(-1);
  let at = 0;
  for (const [, of = '-', times = ''] of runs.matchAll(/([A-Z]{1,3}|-)(\d{0,4})/g)) {
    const to = at + (times === '' ? 1 : Number(times));
    if (of !== '-') places.fill(letterPlace(of), at, to);
    at = to;
  }
  return { places, named: new Set((named.match(/[A-Z]{1,3}/g) ?? []).map(letterPlace)) };
}
