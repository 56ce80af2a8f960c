import { readFileSync } from 'node:fs';
import { matrix, type Matrix } from '../../src/lib/matrix.ts';

type Run = {
  readonly pick: 'excess-of-mass' | 'leaves';
  readonly labels: readonly number[];
  readonly belongs: readonly number[];
  readonly oddness: readonly number[];
  /** Size and 1 / distance of every branch of the condensed tree. */
  readonly splits: readonly (readonly [number, number])[];
  readonly ari: number;
};
type Shape = {
  readonly name: string;
  readonly cols: number;
  readonly x: readonly number[];
  /** −1: belongs nowhere. */
  readonly truth: readonly number[];
  readonly dbscan: {
    readonly radius: number;
    readonly labels: readonly number[];
    readonly cores: readonly number[];
    readonly ari: number;
  };
  readonly hdbscan: readonly Run[];
  readonly genie: { readonly k: number; readonly labels: readonly number[]; readonly ari: number };
};

/** Shapes with known classes, and what scikit-learn, hdbscan and genieclust make of them: density.py. */
export const densityGolden = (
  JSON.parse(readFileSync(new URL('./density.json', import.meta.url), 'utf8')) as Shape[]
).map((shape) => ({ ...shape, x: rowsIn(shape.x, shape.cols) }));

function rowsIn(values: readonly number[], cols: number): Matrix {
  return matrix(values.length / cols, cols, Float32Array.from(values));
}
