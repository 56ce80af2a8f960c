import type { Job } from '../../lib/job.ts';
import type { Matrix } from '../../lib/matrix.ts';

/** A method with all its choices made, but for the rows and the seed: labels 0 … groups − 1, −1 for rows in no group. */
export type Fit = (x: Matrix, seed: number, job: Job) => Promise<ArrayLike<number>>;

/** Whether the method makes round groups around means (k-means and its like) or groups of any shape (density, linkage). */
export type Shape = 'round' | 'any';
