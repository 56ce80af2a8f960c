import { count, fixed } from '../../lib/format.ts';
import { unattended, type Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';
import { deviation, mean } from '../../lib/stats/moments.ts';
import { sampleRows } from '../../lib/stats/sample.ts';
import { rowsOf } from '../methods/kmeans.ts';
import { withoutStructure } from '../reference.ts';
import { densityValidity } from './density.ts';
import type { Fit, Shape } from './fit.ts';
import { humps, type Humps } from './humps.ts';
import { columnsOf, sameColumns } from './same-columns.ts';
import { silhouetteScores } from './silhouette-score.ts';

export type StructureOptions = { readonly seed: number; readonly shape: Shape };

/** What one kind of made-up customers without groups showed. */
export type ReferenceEvidence = {
  /** `even`: evenly spread over the box of the principal axes; `same-columns`: the same columns and correlations. */
  readonly kind: 'even' | 'same-columns';
  readonly draws: number;
  readonly mean: number;
  readonly highest: number;
  /** (1 + draws that were as high) ÷ (1 + draws). */
  readonly p: number;
};

export type Structure = {
  readonly found: boolean;
  /** The larger p of the two references, since groups have to stand above both; 1 where there was nothing to test. */
  readonly p: number;
  readonly words: string;
  readonly evidence: {
    readonly measure: 'silhouette' | 'density validity';
    readonly value: number;
    /** Customers that were looked at; all of them, or a sample. */
    readonly rows: number;
    readonly references: readonly ReferenceEvidence[];
    readonly humps: Humps;
  };
};

const MOST_ROWS = 1000;
/** After the first number of draws a clear case is settled; a close one gets the second. */
const DRAWS = [19, 59] as const;
const LEVEL = 0.05;
/** Less above the reference than this is no difference that matters, however sure. */
const MARGIN = { round: 0.04, any: 0.1 } as const;
/** Standard deviations of the draws above their mean that settle it early. */
const CLEAR = 4;

/**
 * Whether a method finds more in these customers than in customers without groups: it is run in the same way on both, and its groups are judged by
 * the silhouette (round groups; rows in no group count 0) or by density validity. Two references, each with add-one Monte Carlo p (Davison & Hinkley
 * 1997, §4.2): evenly spread over the box of the principal axes (Tibshirani, Walther & Hastie 2001), and the same columns with the same
 * correlations. 19 to 59 draws of each, fewer where the verdict is settled. On up to 1,000 rows. `x` is [rows × cols], `from` the feature of each
 * column. Costs up to 119 fits of that size.
 */
export async function structureTest(
  x: Matrix,
  from: readonly number[],
  fit: Fit,
  { seed, shape }: StructureOptions,
  job: Job = unattended,
): Promise<Structure> {
  const part = x.rows > MOST_ROWS ? rowsOf(x, sampleRows(x.rows, MOST_ROWS, seed)) : x;
  const quiet: Job = { ...job, progress: () => {} };
  const measured = async (rows: Matrix, labels: ArrayLike<number>) =>
    shape === 'round'
      ? roundness(rows, labels, seed, quiet)
      : ((await densityValidity(rows, labels, { seed }, quiet))?.value ?? 0);
  const labels = part.rows > 0 ? await fit(part, seed, quiet) : [];
  const value = await measured(part, labels);
  const about = {
    measure: shape === 'round' ? ('silhouette' as const) : ('density validity' as const),
    value,
    rows: part.rows,
    humps: await humps(part, seed, quiet),
  };
  const groups = new Set(Array.from(labels).filter((label) => label >= 0)).size;
  if (groups < 2)
    return {
      found: false,
      p: 1,
      words: `No clear segments here: the method puts all customers in ${groups === 0 ? 'no group' : 'one group'}.`,
      evidence: { ...about, references: [] },
    };
  const columns = columnsOf(part, from);
  const makers = {
    'same-columns': (draw: number) => sameColumns(columns, seed + draw),
    even: (draw: number) => withoutStructure(part, from, part.rows, seed + draw),
  };
  const references: ReferenceEvidence[] = [];
  for (const kind of ['same-columns', 'even'] as const) {
    const drawn: number[] = [];
    while (!isSettled(value, drawn, MARGIN[shape])) {
      const draw = drawn.length + 1;
      job.progress('Comparing with customers without groups', references.length * 59 + draw, 118);
      const made = makers[kind](draw);
      drawn.push(await measured(made, await fit(made, seed + draw, quiet)));
      await job.breathe();
    }
    references.push(evidenceOf(kind, value, drawn));
    if (!stands(value, references.at(-1)!, MARGIN[shape])) break;
  }
  const found =
    references.length === 2 && references.every((each) => stands(value, each, MARGIN[shape]));
  const p = Math.max(...references.map((each) => each.p));
  const evidence = { ...about, references };
  return { found, p, words: wordsOf(found, p, evidence, groups), evidence };
}

async function roundness(x: Matrix, labels: ArrayLike<number>, seed: number, job: Job) {
  const [score] = await silhouetteScores(x, [labels], { seed }, job);
  return score ? (score.value * score.rows) / x.rows : 0;
}

const asHigh = (value: number, drawn: readonly number[]): number =>
  drawn.filter((each) => each >= value).length;

function isSettled(value: number, drawn: readonly number[], margin: number): boolean {
  const [first, most] = DRAWS;
  if (drawn.length >= most || (1 + asHigh(value, drawn)) / (1 + most) > LEVEL) return true;
  if (drawn.length < first) return false;
  const above = value - mean(drawn);
  return above < margin || (asHigh(value, drawn) === 0 && above > CLEAR * deviation(drawn));
}

function evidenceOf(
  kind: ReferenceEvidence['kind'],
  value: number,
  drawn: readonly number[],
): ReferenceEvidence {
  const p = (1 + asHigh(value, drawn)) / (1 + drawn.length);
  return { kind, draws: drawn.length, mean: mean(drawn), highest: Math.max(...drawn), p };
}

const stands = (value: number, { p, mean }: ReferenceEvidence, margin: number): boolean =>
  p <= LEVEL && value - mean >= margin;

function wordsOf(
  found: boolean,
  p: number,
  { measure, value, references }: Structure['evidence'],
  groups: number,
): string {
  const named = { even: 'spread evenly', 'same-columns': 'with the same columns and correlations' };
  const others = references.map(
    ({ kind, mean, draws }) => `${fixed(mean)} in ${count(draws)} made-up sets ${named[kind]}`,
  );
  const figures = `${measure} ${fixed(value)} for ${count(groups)} groups, against ${others.join(' and ')}; p = ${fixed(p, 3)}`;
  return found
    ? `There are groups: ${figures}.`
    : `No clear segments here: customers without groups show as much (${figures}). The segments divide the customers, but do not take them for different kinds.`;
}
