import { plural } from '../../lib/format.ts';
import { isListed, rowsOf, type Dimension, type Listed } from './dimension.ts';
import { knownPlaces, type KnownPlace } from './known-places.ts';

export type NamedPlaces = {
  readonly dimension: Listed;
  /** Of each bin. */
  readonly named: readonly KnownPlace[];
  readonly longitudes: Float64Array;
  readonly latitudes: Float64Array;
  /** What has no place here, in a few words; '' where everything has. */
  readonly note: string;
};

/** Words that are names of places as those places: several names of one are one. Null where none is known. O(codes). */
export function namedPlaces(words: readonly string[], of: Dimension): NamedPlaces | null {
  const found = knownPlaces(words, 0);
  if (!found) return null;
  const named = [...new Set(found.flatMap((place) => place ?? []))];
  const binOf = found.map((place) => (place ? named.indexOf(place) : -1));
  const rows = rowsOf(of);
  const starts = new Uint32Array(rows + 1);
  const codes = new Uint16Array(of.codes.length);
  const weights = new Uint32Array(of.codes.length);
  const isMissed = new Uint8Array(words.length);
  let kept = 0;
  for (let r = 0; r < rows; r++) {
    const [from, to] = isListed(of) ? [of.starts[r]!, of.starts[r + 1]!] : [r, r + 1];
    const first = kept;
    for (let i = from; i < to; i++) {
      const bin = binOf[of.codes[i]!] ?? -1;
      if (bin < 0) {
        isMissed[of.codes[i]!] = 1;
        continue;
      }
      const times = (isListed(of) ? of.weights?.[i] : undefined) ?? 1;
      const there = codes.subarray(first, kept).indexOf(bin);
      if (there >= 0) weights[first + there]! += times;
      else [codes[kept], weights[kept++]] = [bin, times];
    }
    starts[r + 1] = kept;
  }
  const list: Listed = { bins: named.length, starts, codes: codes.subarray(0, kept) };
  const isOnce = !isListed(of) || of.weights === undefined;
  const unknown = words.filter((_, bin) => isMissed[bin] === 1);
  const shown = unknown.slice(0, 2).join(', ');
  return {
    dimension: isOnce ? list : { ...list, weights: weights.subarray(0, kept) },
    named,
    longitudes: Float64Array.from(named, ({ longitude }) => longitude),
    latitudes: Float64Array.from(named, ({ latitude }) => latitude),
    note:
      unknown.length === 0
        ? ''
        : unknown.length <= 2
          ? `without ${shown}`
          : `without ${plural(unknown.length, 'value')}: ${shown}, …`,
  };
}
