import type { MapModel } from './model.ts';

/** Where the points of a new model stood in the old one, in the new grid order; null where they are not the same points. */
export function startOf(before: MapModel, after: MapModel): Float32Array | null {
  if (before.count !== after.count || before.count === 0) return null;
  const start = new Float32Array(2 * after.count);
  for (let slot = 0; slot < after.count; slot++) {
    const old = before.rank[after.order[slot]!]!;
    start[2 * slot] = before.positions[2 * old]!;
    start[2 * slot + 1] = before.positions[2 * old + 1]!;
  }
  return start;
}

/** Writes the places at `share` (0 to 1) of the way from `start` to the model's own into `into`. */
export function along(start: Float32Array, model: MapModel, share: number, into: Float32Array) {
  const { positions } = model;
  for (let i = 0; i < positions.length; i++)
    into[i] = start[i]! + (positions[i]! - start[i]!) * share;
}

/** Slow at both ends (cubic): `time` and the answer are 0 to 1. */
export const ease = (time: number): number =>
  time < 0.5 ? 4 * time ** 3 : 1 - (-2 * time + 2) ** 3 / 2;
