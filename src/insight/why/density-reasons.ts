import { count, fixed, measure, plural } from '../../lib/format.ts';
import { unattended, type Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';
import { median } from '../../lib/stats/quantile.ts';
import { sampleRows } from '../../lib/stats/sample.ts';
import type { MethodChoice } from '../../segments/partition.ts';
import type { Segmentation } from '../../segments/types.ts';

export type DensityChoice = Extract<MethodChoice, { kind: 'dbscan' | 'hdbscan' }>;

/** Where one customer stands by what DBSCAN and HDBSCAN look at: how near its nearest are, and where they belong. */
export type DensityReasons = {
  /** Customers that were looked at as its nearest. */
  readonly neighbours: number;
  /** Of these, how many are in each segment; [segments]. */
  readonly where: Int32Array;
  /** Distance to the last of them (HDBSCAN's core distance), and the median of it with others of its segment: the usual. */
  readonly reach: number;
  readonly usual: number | null;
  /** Customers within DBSCAN's radius, itself among them; null of HDBSCAN. */
  readonly within: number | null;
  /** The nearest customer of another segment; null where there is no other. */
  readonly other: { readonly segment: number; readonly distance: number } | null;
};

/** So many of its segment tell what is usual. */
const USUAL = 15;

/**
 * Why a method of density has customer `row` where it is. `scaled` is what the method saw. Throws `RangeError` where there is no such customer or
 * the radius was not chosen. O(rows · cols), sixteen times.
 */
export async function densityReasons(
  scaled: Matrix,
  { labels, segments }: Pick<Segmentation, 'labels' | 'segments'>,
  choice: DensityChoice,
  row: number,
  job: Job = unattended,
): Promise<DensityReasons> {
  if (!(row >= 0 && row < scaled.rows)) throw new RangeError(`there is no customer ${row}`);
  // DBSCAN counts the customer itself
  const wanted = choice.kind === 'dbscan' ? choice.neighbours - 1 : (choice.neighbours ?? 10);
  const neighbours = Math.max(1, Math.min(wanted, scaled.rows - 1));
  const radius = choice.kind === 'dbscan' ? choice.radius : null;
  if (choice.kind === 'dbscan' && radius === null) throw new RangeError('there is no radius');
  const own = labels[row]!;
  const isOther = (r: number) => labels[r] !== own && !segments[labels[r]!]!.rest;
  const found = await look(scaled, row, { neighbours, radius, isOther }, job);
  const where = new Int32Array(segments.length);
  for (const r of found.near) where[labels[r]!]!++;
  const alike: number[] = [];
  if (!segments[own]!.rest) {
    const rows: number[] = [];
    for (const r of sampleRows(scaled.rows, 200 * USUAL, 1))
      if (labels[r] === own && r !== row && rows.length < USUAL) rows.push(r);
    const how = { neighbours, radius: null, isOther: () => false };
    for (const r of rows) alike.push((await look(scaled, r, how, job)).reach);
  }
  return {
    ...{ neighbours, where, reach: found.reach, usual: alike.length > 0 ? median(alike) : null },
    within: radius === null ? null : found.within,
    other: found.other && { segment: labels[found.other.row]!, distance: found.other.distance },
  };
}

type Looked = {
  readonly near: readonly number[];
  readonly reach: number;
  readonly within: number;
  readonly other: { readonly row: number; readonly distance: number } | null;
};

/** One look at everyone from where `row` stands. */
async function look(
  { data, rows, cols }: Matrix,
  row: number,
  how: {
    readonly neighbours: number;
    readonly radius: number | null;
    readonly isOther: (row: number) => boolean;
  },
  job: Job,
): Promise<Looked> {
  const limit = how.radius === null ? -1 : how.radius * how.radius;
  const near: { readonly row: number; readonly d2: number }[] = [];
  let [within, other, least] = [0, -1, Infinity];
  for (let r = 0; r < rows; r++) {
    if (r % 16_384 === 0) await job.breathe();
    let d2 = 0;
    for (let c = 0, p = r * cols, q = row * cols; c < cols; c++, p++, q++) {
      const d = data[p]! - data[q]!;
      d2 += d * d;
    }
    if (d2 <= limit) within++;
    if (r === row) continue;
    if (d2 < least && how.isOther(r)) [other, least] = [r, d2];
    if (near.length === how.neighbours && d2 >= near.at(-1)!.d2) continue;
    let at = near.length;
    while (at > 0 && near[at - 1]!.d2 > d2) at--;
    near.splice(at, 0, { row: r, d2 });
    if (near.length > how.neighbours) near.pop();
  }
  return {
    near: near.map((each) => each.row),
    reach: Math.sqrt(near.at(-1)?.d2 ?? 0),
    within,
    other: other < 0 ? null : { row: other, distance: Math.sqrt(least) },
  };
}

/** The same as a person reads it, a sentence each. */
export function densityWords(
  { neighbours, where, reach, usual, within, other }: DensityReasons,
  { labels, segments, belongs }: Pick<Segmentation, 'labels' | 'segments' | 'belongs'>,
  choice: DensityChoice,
  row: number,
): readonly string[] {
  const own = segments[labels[row]!]!;
  const named = own.rest ? 'no segment' : own.letter;
  const mine = where[own.id]!;
  const said: string[] = [];
  if (choice.kind === 'dbscan' && within !== null) {
    const here = `Within ${measure(choice.radius!)} of it ${within === 1 ? 'is' : 'are'} ${plural(within, 'customer')}, itself among them; ${count(choice.neighbours)} make a core.`;
    said.push(here);
    said.push(
      within >= choice.neighbours
        ? `So it is a core of ${named}: whoever is that near to it belongs to ${named} too.`
        : own.rest
          ? 'It is no core, and no core is that near: so it is in no segment.'
          : `It is no core itself, but one of ${named} is that near: it stands at the edge.`,
    );
  }
  said.push(
    `Of its ${count(neighbours)} nearest customers ${count(mine)} ${mine === 1 ? 'is' : 'are'} in ${named}; the last of them is ${fixed(reach)} away${usual === null ? '' : `, with others of ${named} usually ${fixed(usual)}`}.`,
  );
  if (choice.kind === 'hdbscan' && own.rest)
    said.push('Where it stands customers are too few for a segment that lasts at other densities.');
  if (choice.kind === 'hdbscan' && !own.rest && belongs)
    said.push(
      `It belongs to ${named} by ${fixed(belongs[row]!)}: 1 is as dense as the middle of ${named}, 0 its outermost edge.`,
    );
  if (other) {
    const { letter, name } = segments[other.segment]!;
    said.push(
      `The nearest customer of ${own.rest ? 'a segment' : 'another segment'} is ${fixed(other.distance)} away, in ${letter} ${name}.`,
    );
  }
  return said;
}
