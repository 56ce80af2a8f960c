import { ascending, quantile } from './quantile.ts';

const BINS = 4096;
/** So few are sorted; and so are more where their range was cut so often (values that each are thousands of times the one before). */
const FEW = 4096;
const DEEPEST = 8;

/**
 * `quantile(ascending(values), p)` of each p, to the bit, without sorting: values are counted in 4,096 even bins, and only the bins that hold a wanted
 * place are looked at closer (bucket select: Blum et al. 1973 for selection, by counting). Throws RangeError where a value is no number. O(values).
 */
export function quantilesOf(values: Float64Array, ps: readonly number[]): number[] {
  if (values.length === 0) return ps.map((p) => quantile(values, p));
  const last = values.length - 1;
  const ranks = ps.flatMap((p) => [Math.floor(p * last), Math.min(last, Math.floor(p * last) + 1)]);
  const found = new Map<number, number>();
  select(
    values,
    [...new Set(ranks)].sort((a, b) => a - b),
    { before: 0, depth: 0 },
    found,
  );
  return ps.map((p, i) => {
    const pair = [found.get(ranks[2 * i]!)!, found.get(ranks[2 * i + 1]!)!];
    const rest = p * last - ranks[2 * i]!;
    return pair[0]! + rest * (pair[1]! - pair[0]!);
  });
}

/** `before`: how many of all are below `values`. */
type Part = { readonly before: number; readonly depth: number };

function select(
  values: Float64Array,
  ranks: readonly number[],
  { before, depth }: Part,
  found: Map<number, number>,
): void {
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!(value - value === 0)) throw new RangeError('a value is no number');
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const scale = BINS / (most - least);
  if (values.length <= FEW || depth >= DEEPEST || !(scale > 0 && scale < Infinity)) {
    const sorted = ascending(values);
    for (const rank of ranks) found.set(rank, sorted[rank - before]!);
    return;
  }
  const sizes = new Uint32Array(BINS);
  const binOf = (value: number) => Math.min(BINS - 1, Math.floor((value - least) * scale));
  for (let i = 0; i < values.length; i++) sizes[binOf(values[i]!)]!++;
  // What stands in wanted bins is taken in one more pass.
  const wanted: { inside: Float64Array; here: readonly number[]; below: number }[] = [];
  const placeOf = new Int16Array(BINS).fill(-1);
  for (let bin = 0, below = before; bin < BINS; below += sizes[bin]!, bin++) {
    const here = ranks.filter((rank) => rank >= below && rank < below + sizes[bin]!);
    if (here.length === 0) continue;
    placeOf[bin] = wanted.length;
    wanted.push({ inside: new Float64Array(sizes[bin]!), here, below });
  }
  const next = wanted.map(() => 0);
  for (let i = 0; i < values.length; i++) {
    const place = placeOf[binOf(values[i]!)]!;
    if (place >= 0) wanted[place]!.inside[next[place]!++] = values[i]!;
  }
  for (const { inside, here, below } of wanted)
    select(inside, here, { before: below, depth: depth + 1 }, found);
}
