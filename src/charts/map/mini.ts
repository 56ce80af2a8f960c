import type { Room } from './labels.ts';
import type { Size } from './view.ts';

/** From this zoom on the whole map stands small in a corner. */
const FROM_ZOOM = 1.25;

/** Where the small map stands on the large one; null while all of it is in sight. */
export function miniRoom({ width }: Size, zoom: number): Room | null {
  if (zoom <= FROM_ZOOM || width === 0) return null;
  const wide = width < 500 ? 96 : 148;
  return { x: width - wide - 12, y: 40, width: wide, height: Math.round(wide * 0.72) };
}
