import type { Job } from '../../lib/job.ts';
import type { Bins } from './bins.ts';
import { inCut, type Cut, type Path } from './tree.ts';

export type BeamOptions = {
  readonly depth: number;
  /** So many descriptions of each length are made longer. */
  readonly width: number;
  /** No subgroup of fewer customers, nor of all but fewer. */
  readonly least: number;
  /** What is made largest: share × |difference of means| (weighted relative accuracy), or √share × |difference of means| (the t of a mean). */
  readonly how: 'wracc' | 'mean';
};

export type Found = {
  readonly path: Path;
  /** Places in the target, ascending. */
  readonly rows: Int32Array;
  readonly quality: number;
};

/** A longer description has to be so much better than the shorter one it is made from. */
const BETTER = 1.1;

/**
 * Descriptions by up to `depth` conditions of customers whose `target` differs from everyone's, best first: of each length the best `width` are made
 * longer (Clark & Niblett 1989). Conditions: bins of a number up to or from one, single values of a category. A feature that may not
 * describe is null. O(depth · width · customers · features).
 */
export async function beam(
  bins: readonly (Bins | null)[],
  target: Float64Array,
  options: BeamOptions,
  job: Job,
): Promise<readonly Found[]> {
  const everyone = Int32Array.from(target, (_, i) => i);
  const mean = target.reduce((sum, value) => sum + value, 0) / Math.max(1, target.length);
  const root: Found = { path: [], rows: everyone, quality: 0 };
  const all = new Map<string, Found>();
  let open: readonly Found[] = [root];
  for (let length = 1; length <= options.depth; length++) {
    const next: Candidate[] = [];
    for (const [i, parent] of open.entries()) {
      job.progress(
        'Looking for subgroups',
        (length - 1) * options.width + i,
        options.depth * options.width,
      );
      await job.breathe();
      next.push(...refined(parent, bins, { target, mean }, options));
    }
    next.sort((a, b) => b.quality - a.quality);
    const made = new Map<string, Found>();
    for (const { parent, cut, quality } of next) {
      if (made.size === options.width) break;
      const path = [...parent.path, cut];
      const key = path
        .map((each) => JSON.stringify(each))
        .sort()
        .join();
      if (made.has(key)) continue;
      const { codes } = bins[cut.feature]!;
      made.set(key, { path, quality, rows: parent.rows.filter((r) => inCut(cut, codes[r]!)) });
    }
    for (const [key, found] of made) all.set(key, found);
    open = [...made.values()];
  }
  return [...all.values()].sort((a, b) => b.quality - a.quality);
}

type Candidate = { readonly parent: Found; readonly cut: Cut; readonly quality: number };

/** Every way to make a description longer that makes it better. */
function refined(
  parent: Found,
  bins: readonly (Bins | null)[],
  { target, mean }: { readonly target: Float64Array; readonly mean: number },
  { least, how }: BeamOptions,
): Candidate[] {
  const out: Candidate[] = [];
  const total = parent.rows.reduce((sum, r) => sum + target[r]!, 0);
  const offer = (cut: Cut, size: number, sum: number) => {
    if (size < least || target.length - size < least || size === parent.rows.length) return;
    const share = size / target.length;
    const quality = (how === 'wracc' ? share : Math.sqrt(share)) * Math.abs(sum / size - mean);
    if (quality > Math.max(1e-9, BETTER * parent.quality)) out.push({ parent, cut, quality });
  };
  bins.forEach((each, feature) => {
    if (!each || parent.path.some((cut) => cut.feature === feature)) return;
    const { codes, count, isCategory } = each;
    const [sizes, sums] = [new Float64Array(count), new Float64Array(count)];
    for (const r of parent.rows) ((sizes[codes[r]!]! += 1), (sums[codes[r]!]! += target[r]!));
    let [size, sum] = [0, 0];
    for (let bin = 0; bin < count; bin++) {
      if (isCategory) {
        offer({ feature, side: 'one-of', codes: [bin] }, sizes[bin]!, sums[bin]!);
        continue;
      }
      size += sizes[bin]!;
      sum += sums[bin]!;
      if (bin + 1 === count) break;
      offer({ feature, side: 'up-to', bin }, size, sum);
      offer({ feature, side: 'from', bin: bin + 1 }, parent.rows.length - size, total - sum);
    }
  });
  return out;
}
