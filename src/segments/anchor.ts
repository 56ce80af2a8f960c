import { atOnce, type Steps } from '../lib/steps.ts';
import { letter, letterPlace } from './letters.ts';

/** How many customers at most stand for all: a segment of 1 % has about 20 of them. */
const WITNESSES = 2048;

/**
 * The same few customers whatever else is in the file: each id falls by its hash into one of `WITNESSES` places, and of each place the one with
 * the least hash stands there. Rows of `customers`, −1 where nobody is. New customers move few of them. O(customers).
 */
export function* witnessSteps(customers: readonly string[]): Steps<Int32Array<ArrayBuffer>> {
  const rows = new Int32Array(WITNESSES).fill(-1);
  const least = new Float64Array(WITNESSES).fill(Infinity);
  for (let row = 0; row < customers.length; row++) {
    if (row % 16_384 === 16_383) yield;
    const hash = hashOf(customers[row]!);
    const place = hash % WITNESSES;
    if (hash >= least[place]!) continue;
    least[place] = hash;
    rows[place] = row;
  }
  return rows;
}

export const witnessesOf = (customers: readonly string[]): Int32Array<ArrayBuffer> =>
  atOnce(witnessSteps(customers));

/** FNV-1a (Fowler, Noll & Vo 1991) over UTF-16 units, then the finaliser of MurmurHash3 (Appleby 2008); 0 … 2³² − 1. */
function hashOf(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** So many groupings are remembered, the newest first. */
const LAYERS = 4;

/** What a choice of grouping is made over: letters of witnesses, and letters that nobody else may get. */
export type Anchor = {
  /**
   * Newest first; of each witness the place of its letter in the alphabet, −1 for none. Older layers only hold letters that no newer one has:
   * segments that have vanished, in case they come again.
   */
  readonly layers: readonly Int32Array[];
  /** Places of the letters that a person named. */
  readonly named: ReadonlySet<number>;
};

/**
 * An anchor as a short text: runs counted, "-" for nobody or somebody in no segment, layers parted by ";", named letters behind a stroke:
 * "A3 -2 B A12; -7 C9 / B". `before`: the anchor of the choice before, whose vanished segments are remembered.
 */
export function anchorOf(
  {
    labels,
    segments,
  }: { readonly labels: Int32Array; readonly segments: readonly { readonly colour: number }[] },
  witnesses: Int32Array,
  {
    named,
    before = '',
  }: { readonly named: readonly string[]; readonly before?: string | undefined },
): string {
  const now = witnesses.map((row) => segments[labels[row] ?? -1]?.colour ?? -1);
  const seen = new Set<number>();
  const layers: string[] = [];
  for (const layer of [now, ...readAnchor(before).layers]) {
    const fresh = layer.map((place) => (seen.has(place) ? -1 : place));
    for (const place of fresh) if (place >= 0) seen.add(place);
    if (layers.length === 0 || fresh.some((place) => place >= 0)) layers.push(runsOf(fresh));
  }
  const text = layers.slice(0, LAYERS).join('; ');
  return named.length > 0 ? `${text} / ${[...new Set(named)].sort().join(' ')}` : text;
}

function runsOf(places: Int32Array): string {
  const runs: { of: number; times: number }[] = [];
  for (const of of places) {
    const last = runs.at(-1);
    if (last?.of === of) last.times++;
    else runs.push({ of, times: 1 });
  }
  const word = (of: number) => (of < 0 ? '-' : letter(of));
  return runs.map(({ of, times }) => `${word(of)}${times > 1 ? times : ''}`).join(' ');
}

/** `anchorOf` the other way. A text that is no anchor says nothing. */
export function readAnchor(anchor: string): Anchor {
  const [texts = '', named = ''] = anchor.split('/');
  const layers = texts.split(';').map((text) => {
    const places = new Int32Array(WITNESSES).fill(-1);
    let at = 0;
    for (const [, of = '-', times = ''] of text.matchAll(/([A-Z]{1,3}|-)(\d{0,4})/g)) {
      const to = at + (times === '' ? 1 : Number(times));
      if (of !== '-') places.fill(letterPlace(of), at, to);
      at = to;
    }
    return places;
  });
  return { layers, named: new Set((named.match(/[A-Z]{1,3}/g) ?? []).map(letterPlace)) };
}
