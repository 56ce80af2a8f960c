import { TesseraError } from '../../lib/errors.ts';
import { count, plural } from '../../lib/format.ts';
import { unattended, type Job } from '../../lib/job.ts';
import { matrix, type Matrix } from '../../lib/matrix.ts';
import { chooseK, structureOf } from '../choose-k.ts';
import { groupRows } from '../drivers.ts';
import { plainKernels, type Kernels } from '../kernels/types.ts';
import { names } from '../names.ts';
import type { Layer, Partition } from '../partition.ts';
import { drivers, type SegmentInput } from '../profile.ts';
import { sweep } from '../sweep.ts';
import { combine } from './combine.ts';
import { kmeans } from './kmeans.ts';
import { listed, namedPartition } from './named.ts';

/** One layer divided: `labels` [rows] from 0 to `groups` − 1, and whether they stand apart more than chance would have it. */
export type LayerGroups = {
  readonly labels: Int32Array;
  readonly groups: number;
  readonly isClear: boolean;
};

/** How a layer is divided: `x` [rows × its columns], `from` the feature of each column, `k` null where it is to be chosen from the data. */
export type DivideLayer = (
  x: Matrix,
  from: readonly number[],
  k: number | null,
  job: Job,
) => Promise<LayerGroups>;

/** The k that a layer may choose for itself: more would make more combinations than anyone can read. */
const KS = [2, 3, 4, 5, 6];

/** K-means, with k as the whole stage chooses it (`sweep`, `chooseK`). One group where fewer than two rows differ. */
export function byKMeans(
  seed: number,
  restarts: number,
  kernels: Pick<Kernels, 'holdRows'> = plainKernels,
): DivideLayer {
  return async (x, from, k, job) => {
    const alone = { labels: new Int32Array(x.rows), groups: 1, isClear: false };
    if (x.rows < 3) return alone;
    if (k !== null) {
      const options = { k: Math.min(k, x.rows), seed, restarts };
      const { labels, means } = await kmeans(x, options, job, kernels);
      return { labels, groups: means.rows, isClear: true };
    }
    const { fits, curve } = await sweep(x, from, { ks: KS, seed, restarts }, job, kernels);
    if (curve.length === 0) return alone;
    const best = chooseK(curve, x.rows);
    const { labels } = fits[curve.indexOf(best)]!;
    return { labels, groups: best.k, isClear: structureOf(best).found };
  };
}

/**
 * Layered segmentation (after Optimove's practice): each layer of features is divided by itself, and a customer's segment is the string of its
 * groups. Combinations below 1 % of the customers or 5 join the nearest of the others (see `combine`), so that segments can be used. Names
 * read layer by layer: "Frequent · bargain hunters · morning". Throws `TesseraError` features-missing where a layer holds a feature that
 * takes no part in grouping, or no layer holds any. Cost: that of `divide` for each layer.
 */
export async function layers(
  input: SegmentInput,
  list: readonly Layer[],
  divide: DivideLayer,
  job: Job = unattended,
): Promise<Partition> {
  const used = list.filter(({ features }) => features.length > 0);
  if (used.length === 0)
    throw new TesseraError('features-missing', 'No layer holds a feature yet.');
  const parts = used.map((layer) => partOf(input, layer));
  const divided: LayerGroups[] = [];
  const words: string[][] = [];
  for (const [i, part] of parts.entries()) {
    job.progress('Dividing layers', i, parts.length);
    const found = await divide(part.scaled, part.scaledFrom, used[i]!.k, quiet(job));
    divided.push(found);
    words.push(await groupNames(part, found, quiet(job)));
    await job.breathe();
  }
  const { labels, kept, merged } = await combine(
    divided,
    input.scaled,
    parts.flatMap(({ columns }) => columns),
    job,
  );
  const each = used.map(({ name }, i) => `${name} ${divided[i]!.groups}`);
  const vague = used.filter((_, i) => divided[i]!.groups > 1 && !divided[i]!.isClear);
  const said = [
    `${plural(used.length, 'layer')} (${listed(each, 9)} groups) make ${plural(kept.length, 'segment')}.`,
    merged.combinations > 0 &&
      `${plural(merged.combinations, 'combination')} of fewer than ${count(merged.floor)} customers, ${plural(merged.customers, 'customer')} together, joined the nearest larger one.`,
    vague.length > 0 &&
      `${listed(vague.map(({ name }) => name))}: no groups that chance would not show as well.`,
  ];
  const spoken = kept.map((combination) => nameOf(combination.map((g, i) => words[i]![g]!)));
  return namedPartition(labels, distinct(spoken), said.filter(Boolean).join(' '));
}

const quiet = (job: Job): Job => ({ ...job, progress: () => {} });

/** The features and columns of one layer, as an input of its own. */
function partOf(
  { features, raw, scaled, scaledFrom }: SegmentInput,
  layer: Layer,
): SegmentInput & { readonly columns: readonly number[] } {
  const own = layer.features.map((name) => {
    const f = features.findIndex((feature) => feature.name === name);
    if (f < 0 || !scaledFrom.includes(f)) {
      const why = f < 0 ? 'is not there' : 'takes no part in grouping';
      throw new TesseraError(
        'features-missing',
        `Layer ${layer.name} holds ${features[f]?.label ?? name}, which ${why}.`,
      );
    }
    return f;
  });
  const columns = scaledFrom.flatMap((f, c) => (own.includes(f) ? [c] : []));
  return {
    features: own.map((f) => features[f]!),
    raw: columnsOf(raw, own),
    scaled: columnsOf(scaled, columns),
    scaledFrom: columns.map((c) => own.indexOf(scaledFrom[c]!)),
    spend: -1,
    columns,
  };
}

function columnsOf(x: Matrix, columns: readonly number[]): Matrix {
  const out = matrix(x.rows, columns.length);
  for (let r = 0, p = 0; r < x.rows; r++)
    for (const c of columns) out.data[p++] = x.data[r * x.cols + c]!;
  return out;
}

/** What each group of a layer is called, '' where the layer does not divide. */
async function groupNames(part: SegmentInput, { labels, groups }: LayerGroups, job: Job) {
  if (groups < 2) return [''];
  const rows = Int32Array.from(labels);
  const made = names(part.features, await drivers(part, groupRows(rows, groups), job));
  return made.map((name) => name.replace(/ (buyers|customers)\b/, ''));
}

function nameOf(parts: readonly string[]): string {
  const said = parts.filter((part) => part !== '');
  const lower = (part: string) =>
    /^[A-Z][a-z]/.test(part) ? part[0]!.toLowerCase() + part.slice(1) : part;
  return said.map((part, i) => (i === 0 ? part : lower(part))).join(' · ') || 'Everyone';
}

/** Two combinations that read the same are still two: the later ones get a number. */
const distinct = (list: readonly string[]): string[] =>
  list.map((name, i) => {
    const before = list.slice(0, i).filter((other) => other === name).length;
    return before > 0 ? `${name} ${before + 1}` : name;
  });
