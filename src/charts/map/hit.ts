import { cellOf, type MapModel } from './model.ts';

/** Index (caller's order) of the point nearest to (x, y) within `radius`, all in data units; −1 if there is none. */
export function nearest(model: MapModel, x: number, y: number, radius: number): number {
  const { side, cellStart, positions, order } = model;
  const [firstColumn, firstRow] = cellOf(model, x - radius, y - radius);
  const [lastColumn, lastRow] = cellOf(model, x + radius, y + radius);
  const clamp = (cell: number) => Math.min(side - 1, Math.max(0, cell));
  let best = radius ** 2;
  let found = -1;
  for (let row = clamp(firstRow - 1); row <= clamp(lastRow + 1); row++) {
    const from = cellStart[row * side + clamp(firstColumn - 1)]!;
    const to = cellStart[row * side + clamp(lastColumn + 1) + 1]!;
    for (let slot = from; slot < to; slot++) {
      const distance = (positions[2 * slot]! - x) ** 2 + (positions[2 * slot + 1]! - y) ** 2;
      if (distance > best || (distance === best && found >= 0)) continue;
      best = distance;
      found = slot;
    }
  }
  return found < 0 ? -1 : order[found]!;
}
