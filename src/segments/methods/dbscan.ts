import { count, measure, percent, plural } from '../../lib/format.ts';
import { unattended, type Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';
import { sampleRows } from '../../lib/stats/sample.ts';
import { askAll, growTree, inRuns } from '../density/grow.ts';
import { openTree } from '../kernels/plain-tree.ts';
import type { Found, OpenTree, Tree } from '../kernels/tree.ts';
import type { Partition } from '../partition.ts';
import { knee } from '../validity/knee.ts';
import { rowsOf } from './kmeans.ts';

export type DbscanOptions = {
  /** In the units of the columns; null: at the bend of the k-distances. */
  readonly radius: number | null;
  /** A core has at least so many rows, itself among them, within the radius. */
  readonly neighbours: number;
};

export type Dbscan = {
  readonly partition: Partition;
  readonly radius: number;
  /** [rows]; 1: a core. */
  readonly cores: Uint8Array<ArrayBuffer>;
};

/** Distances to the `neighbours`th nearest row, the row itself being the first: ascending, of all rows or of a sample of them. */
export type KDistances = {
  readonly values: Float64Array<ArrayBuffer>;
  readonly sampled: boolean;
};

/** Above this many rows the k-distances are those of a sample (to all rows). */
const CURVE_ROWS = 10_000;
const CURVE_SEED = 1;
/** The least distance that two float32 values can have. */
const CLOSEST = 2 ** -149;

/**
 * DBSCAN (Ester, Kriegel, Sander & Xu 1996), exact: rows with enough others within the radius are cores, cores within the radius of each other
 * are of one group, and so are rows within the radius of a core; all others are of none (−1). Groups are numbered by their first core, and a
 * row between two groups goes to the first, as in scikit-learn, whose labels these are to the last one: distances are float64, summed column
 * by column. A k-d tree passes over whole boxes that are of one group already. `x` is [rows × cols]; refuses NaN.
 * O(rows · log rows) in few columns, at worst O(rows² · cols).
 */
export async function dbscan(
  x: Matrix,
  { radius, neighbours }: DbscanOptions,
  job: Job = unattended,
  open: OpenTree = openTree,
): Promise<Dbscan> {
  check(neighbours);
  if (radius !== null && !(radius > 0 && radius < Infinity))
    throw new RangeError(`a radius of ${radius} reaches nobody`);
  if (x.rows === 0)
    return {
      partition: told(new Int32Array(0), 0, ''),
      radius: radius ?? 0,
      cores: new Uint8Array(0),
    };
  const chosen = radius === null ? await bend(x, neighbours, job, open) : null;
  const reach = radius ?? chosen!.radius;
  const tree = await growTree(open, x, 0, job);
  try {
    const limit = Math.min(reach * reach, Number.MAX_VALUE);
    await inRuns(
      tree,
      (from, many) => tree.count(from, many, limit, neighbours),
      job,
      'Finding cores',
    );
    await inRuns(
      tree,
      (from, many) => (tree.tag(), tree.join(from, many, limit)),
      job,
      'Joining cores',
    );
    const groups = number(tree);
    await inRuns(tree, (from, many) => tree.border(from, many, limit), job, 'Finding borders');
    const labels = new Int32Array(x.rows);
    const cores = new Uint8Array(x.rows);
    tree.rowOf.forEach((row, slot) => {
      if (row < 0) return;
      cores[row] = tree.group[slot]! < 0 ? 0 : 1;
      labels[row] = tree.group[slot]! < 0 ? tree.who[slot]! : tree.best[slot]!;
    });
    const how = `at least ${count(neighbours)}, itself among them, within ${measure(reach)}${chosen?.words ?? ''}`;
    return { partition: told(labels, groups, how), radius: reach, cores };
  } finally {
    tree.close();
  }
}

/** Numbers groups by their first core, in the order of rows: `best` of every core. Gives how many there are. */
function number({ rowOf, group, best }: Tree): number {
  const slotOf = new Int32Array(rowOf.length);
  let rows = 0;
  for (let slot = 0; slot < rowOf.length; slot++)
    if (rowOf[slot]! >= 0) {
      slotOf[rowOf[slot]!] = slot;
      rows++;
      if (group[slot]! >= 0) group[slot] = group[group[slot]!]!; // links point to lower slots, whose root is known by now
    }
  const numbers = new Int32Array(rowOf.length).fill(-1);
  let groups = 0;
  for (let row = 0; row < rows; row++) {
    const slot = slotOf[row]!;
    const root = group[slot]!;
    if (root < 0) continue;
    if (numbers[root]! < 0) numbers[root] = groups++;
    best[slot] = numbers[root]!;
  }
  return groups;
}

function told(labels: Int32Array<ArrayBuffer>, groups: number, how: string): Partition {
  const alone = labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0);
  const words =
    labels.length === 0
      ? 'DBSCAN: there is nobody.'
      : `DBSCAN, ${how}: ${plural(groups, 'group')}, and ${percent(alone / labels.length)} of all in none.`;
  return { labels, groups, belongs: null, oddness: null, names: null, words };
}

/**
 * What DBSCAN's radius is picked from (Ester et al. 1996): rows left of a radius on this curve would be cores with it. Of more than 10,000
 * rows it is that of a sample of so many.
 */
export async function kDistances(
  x: Matrix,
  neighbours: number,
  job: Job = unattended,
  open: OpenTree = openTree,
): Promise<KDistances> {
  check(neighbours);
  const rows = sampleRows(x.rows, CURVE_ROWS, CURVE_SEED);
  const values = new Float64Array(rows.length);
  if (x.rows === 0) return { values, sampled: false };
  const tree = await growTree(open, x, Math.min(neighbours, x.rows), job);
  try {
    const take = ({ many, far }: Found, from: number): void => {
      for (let q = 0; q < many; q++) values[from + q] = Math.sqrt(far[q]!);
    };
    await askAll(tree, rowsOf(x, rows), take, job, 'Measuring distances');
  } finally {
    tree.close();
  }
  return { values: values.sort(), sampled: rows.length < x.rows };
}

/** The radius at the bend; of a curve that has none its end. Where rows coincide in crowds the distances above 0 are what is looked at. */
async function bend(x: Matrix, neighbours: number, job: Job, open: OpenTree) {
  const { values, sampled } = await kDistances(x, neighbours, job, open);
  const apart = values.filter((value) => value > 0);
  const found = knee(apart);
  const of = sampled ? ` of a sample of ${count(CURVE_ROWS)}` : '';
  const curve = `the ${count(neighbours)}-distance curve${of}`;
  if (apart.length === 0)
    return { radius: CLOSEST, words: `: ${curve} is 0, so only rows that coincide are together` };
  return {
    radius: found?.value ?? apart.at(-1)!,
    words: found ? ` (the bend of ${curve})` : ` (the end of ${curve}, which has no bend)`,
  };
}

function check(neighbours: number): void {
  if (!(neighbours >= 1 && Number.isInteger(neighbours)))
    throw new RangeError(`cannot ask for ${neighbours} neighbours`);
}
