import { random } from '../../lib/random.ts';
import { NOISE } from './agreement.ts';

/** Rows drawn from each group by itself; rows in no group are never drawn. */
export type Strata = {
  /** Ascending. */
  readonly rows: Int32Array<ArrayBuffer>;
  /** Of each group, how many there are and how many were drawn. */
  readonly sizes: Int32Array;
  readonly drawn: Int32Array;
  /** All rows that are in a group. */
  readonly grouped: number;
};

/** From every group at least this many, as far as it has them and there is room. */
const LEAST = 10;

/**
 * About `most` grouped rows, from each group in proportion to its size but a few from every one, so that small groups are heard too. All of
 * them where there are no more than `most`. Groups share alike where even two of each would be too many. O(rows).
 */
export function drawStrata(labels: ArrayLike<number>, most: number, seed: number): Strata {
  let groups = 0;
  for (let r = 0; r < labels.length; r++) groups = Math.max(groups, labels[r]! + 1);
  const sizes = new Int32Array(groups);
  for (let r = 0; r < labels.length; r++) if (labels[r] !== NOISE) sizes[labels[r]!]!++;
  const grouped = sizes.reduce((sum, size) => sum + size, 0);
  const least = Math.max(2, Math.min(LEAST, Math.floor(most / Math.max(1, groups))));
  const wanted = (size: number) =>
    grouped <= most ? size : Math.min(size, Math.max(least, Math.round((most * size) / grouped)));
  const left = sizes.map(wanted);
  const drawn = left.slice();
  const ahead = sizes.slice();
  const next = random(seed);
  const rows: number[] = [];
  for (let r = 0; r < labels.length; r++) {
    const label = labels[r]!;
    if (label === NOISE) continue;
    // selection sampling (Knuth 1969, algorithm S): each set of rows of a group is as likely as any other
    if (next() * ahead[label]!-- < left[label]!) (rows.push(r), left[label]!--);
  }
  return { rows: Int32Array.from(rows), sizes, drawn, grouped };
}
