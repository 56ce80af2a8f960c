import type { Bins } from './bins.ts';
import { inCut, type Cut, type Node, type Path } from './tree.ts';

/** The customers that a rule is made from: their bins, who of them is in the segment, and how many are. */
export type Part = {
  readonly bins: readonly Bins[];
  readonly isIn: Uint8Array;
  readonly all: number;
};
export type Box = Pick<Node, 'path' | 'rows' | 'hits'>;

/**
 * F measure of a rule that holds for `size` customers, `hits` of them of the `all` in the segment, with precision twice as weighty as recall
 * (van Rijsbergen 1979, β = ½): a rule is read as "who is like this belongs here".
 */
export const score = (hits: number, size: number, all: number): number =>
  (1.25 * hits) / (size + 0.25 * all);

/** More rounds have changed nothing in any sample. */
const ROUNDS = 3;

/**
 * The same box with each bound where the score is highest while the others stay, and with another condition where one more makes it higher: a
 * tree places a bound for both sides of a split, a rule cares for one. O(rounds · rows · (path + features)).
 */
export function polished(
  box: Box,
  part: Part,
  { depth, least }: { readonly depth: number; readonly least: number },
): Box {
  let path = box.path;
  for (let round = 0; round < ROUNDS; round++) {
    const before = path;
    for (const [place, cut] of path.entries()) {
      if (!('bin' in cut)) continue;
      const rows = within(path.toSpliced(place, 1), part);
      const best = bestCut(cut.feature, [cut.side], rows, part, least);
      if (best && best.cut.bin !== cut.bin) path = path.with(place, best.cut);
    }
    if (path.length < depth) path = extended(path, part, least);
    if (path === before) break;
  }
  const rows = within(path, part);
  return { path, rows, hits: rows.reduce((sum, i) => sum + part.isIn[i]!, 0) };
}

function extended(path: Path, part: Part, least: number): Path {
  const rows = within(path, part);
  const hits = rows.reduce((sum, i) => sum + part.isIn[i]!, 0);
  let best: Cut | null = null;
  let most = score(hits, rows.length, part.all);
  part.bins.forEach(({ isCategory }, feature) => {
    if (isCategory || path.some((cut) => cut.feature === feature)) return;
    const found = bestCut(feature, ['up-to', 'from'], rows, part, least);
    if (found && found.score > most) ((best = found.cut), (most = found.score));
  });
  return best ? [...path, best] : path;
}

function within(path: Path, { bins, isIn }: Part): Int32Array {
  const out = new Int32Array(isIn.length);
  let size = 0;
  for (let i = 0; i < isIn.length; i++)
    if (path.every((cut) => inCut(cut, bins[cut.feature]!.codes[i]!))) out[size++] = i;
  return out.slice(0, size);
}

type NumberCut = Extract<Cut, { bin: number }>;

/** The bound of one feature that keeps the best of `rows`; null where none leaves `least` on both sides. */
function bestCut(
  feature: number,
  sides: readonly NumberCut['side'][],
  rows: Int32Array,
  { bins, isIn, all }: Part,
  least: number,
): { readonly cut: NumberCut; readonly score: number } | null {
  const { codes, count } = bins[feature]!;
  const [sizes, own] = [new Float64Array(count), new Float64Array(count)];
  for (const i of rows) ((sizes[codes[i]!]! += 1), (own[codes[i]!]! += isIn[i]!));
  const hits = own.reduce((sum, n) => sum + n, 0);
  let best: { readonly cut: NumberCut; readonly score: number } | null = null;
  let [size, hit] = [0, 0];
  for (let bin = 0; bin + 1 < count; bin++) {
    if (sizes[bin] === 0) continue;
    size += sizes[bin]!;
    hit += own[bin]!;
    if (rows.length - size < least) break;
    for (const side of sides) {
      const [kept, hitsKept] = side === 'up-to' ? [size, hit] : [rows.length - size, hits - hit];
      const here = score(hitsKept, kept, all);
      if (kept < least || here <= (best?.score ?? 0)) continue;
      best = { cut: { feature, side, bin: side === 'up-to' ? bin : bin + 1 }, score: here };
    }
  }
  return best;
}
