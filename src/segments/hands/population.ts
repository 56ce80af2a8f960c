import { ascendingInPlace } from '../../lib/stats/ascending.ts';
import type { Steps } from '../../lib/steps.ts';
import { BitText, TextBits } from './bits.ts';

/** Bits of a hash; a version keeps as many as tell its customers from a million as many others but for one. */
const BITS = 52;
const SPARE = 20;
/** Steps of a loop over customers. */
const STEP = 16_384;

/** Who some customers are, without their ids: hashes of them, ascending. */
export type People = {
  /** Whole numbers below 2^bits. */
  readonly hashes: Float64Array<ArrayBuffer>;
  readonly bits: number;
};

/** All customers of a table: with each hash the row that it is of. */
export type Population = People & { readonly rows: Int32Array<ArrayBuffer> };

/** O(customers · log customers). */
export function* populationOf(customers: readonly string[]): Steps<Population> {
  const n = customers.length;
  const own = new Float64Array(n);
  for (let r = 0; r < n; r++) {
    if (r % STEP === STEP - 1) yield;
    own[r] = hashOf(customers[r]!);
  }
  const hashes = own.slice();
  yield* ascendingInPlace(hashes);
  const rows = new Int32Array(n).fill(-1);
  for (let r = 0; r < n; r++) {
    if (r % STEP === STEP - 1) yield;
    let place = placeOf(hashes, own[r]!);
    while (rows[place] !== -1) place++; // two of one hash stand side by side
    rows[place] = r;
  }
  return { hashes, bits: BITS, rows };
}

function placeOf(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Two of FNV-1a (Fowler, Noll & Vo 1991) with the finaliser of MurmurHash3 (Appleby 2008): the higher 20 bits of one, all 32 of the other. */
function hashOf(id: string): number {
  let [a, b] = [0x811c9dc5, 0xcbf29ce4];
  for (let i = 0; i < id.length; i++) {
    a = Math.imul(a ^ id.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ id.charCodeAt(i), 0x01000197);
  }
  return (mixed(a) >>> 12) * 2 ** 32 + mixed(b);
}

function mixed(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Bits that n customers are kept with. */
export const bitsFor = (n: number): number => {
  let bits = SPARE;
  while (2 ** (bits - SPARE) < n && bits < 47) bits++;
  return bits;
};

/** The same as text: how far each hash is from the one before, by Rice's code (Rice & Plaunt 1971) of the mean distance; 22 bits a customer. */
export function* packPeople({ hashes, bits: own }: People): Steps<string> {
  const bits = Math.min(own, bitsFor(hashes.length));
  const out = new BitText();
  let before = 0;
  for (let i = 0; i < hashes.length; i++) {
    if (i % STEP === STEP - 1) yield;
    const hash = Math.floor(hashes[i]! / 2 ** (own - bits));
    const far = hash - before;
    before = hash;
    for (let ones = Math.floor(far / 2 ** SPARE); ones > 0; ones--) out.put(1, 1);
    out.put(0, 1);
    out.put(far % 2 ** SPARE, SPARE);
  }
  return out.text();
}

/** `packPeople` the other way; null of a text that is not whole. */
export function* unpackPeople(text: string, customers: number): Steps<People | null> {
  const bits = bitsFor(customers);
  const hashes = new Float64Array(customers);
  const from = new TextBits(text);
  let before = 0;
  for (let i = 0; i < customers; i++) {
    if (i % STEP === STEP - 1) yield;
    for (let one = from.take(1); one !== 0; one = from.take(1)) {
      if (one < 0) return null;
      before += 2 ** SPARE;
    }
    const rest = from.take(SPARE);
    if (rest < 0) return null;
    before += rest;
    if (before >= 2 ** bits) return null;
    hashes[i] = before;
  }
  return from.isOver ? { hashes, bits } : null;
}
