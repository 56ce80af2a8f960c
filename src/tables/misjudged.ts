import type { OpenSource } from '../files/types.ts';
import { isNotFinite } from './numbers.ts';
import type { Profiles } from './profile.ts';
import { isGap, type Reader } from './reader.ts';

/** More than 5 % unreadable, beyond the NaN and infinities that the sample showed. */
export function isMisjudged(
  { sample }: Pick<OpenSource, 'sample'>,
  { reader }: { readonly reader: Reader },
  { rows, columns }: Profiles,
  i: number,
): boolean {
  const { unreadable, gaps } = columns[i]!;
  if (reader.as === 'text' || unreadable === 0) return false;
  const cells = sample.map((row) => row[i] ?? '').filter((cell) => !isGap(cell));
  const expected = cells.filter(isNotFinite).length / Math.max(1, cells.length);
  return unreadable / Math.max(1, rows - gaps) > 0.05 + 1.5 * expected;
}
