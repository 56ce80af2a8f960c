import { count } from '../../lib/format.ts';
import { number } from '../profile.ts';
import { called, found, type Ground } from './ground.ts';
import { meaning } from './meaning.ts';
import { extremes } from './number.sql.ts';
import type { Flaw, QualityColumn } from './types.ts';

/** Numbers that programs write for "none": −1, 99, −999, 99999 and the like. */
const nines = [99, 999, 9999, 99_999, 999_999, 9_999_999, 99_999_999, 999_999_999];
const standIns = new Set([-1, -9, 98, 998, 9998, ...nines, ...nines.map((value) => -value)]);

/** A stand-in is the lowest or highest value, comes at least three times, and lies as far from the next value as the bulk is wide; −1 among numbers that are otherwise not negative needs no distance. */
export async function standIn(
  ground: Ground,
  column: QualityColumn,
  { low, high, q }: { low: number; high: number; q: readonly number[] },
): Promise<{
  readonly flaws: readonly Flaw[];
  readonly low: number | null;
  readonly high: number | null;
}> {
  const canBeNegative = column.role === 'amount' || meaning(column) === 'quantity';
  const none = { flaws: [], low: null, high: null };
  if (!standIns.has(low) && !standIns.has(high)) return none;
  const seen = await ground.db.query(
    extremes(ground.table, { column: column.name, low, high }),
    ground.signal,
  );
  const get = (name: string) => number(seen, name);
  const [second, before] = [get('second'), get('last_but_one')];
  if (second == null || before == null || before < second) return none;
  const width = Math.min((q[5] ?? 0) - (q[1] ?? 0) || Infinity, before - second || Infinity);
  const isLow =
    standIns.has(low) &&
    (get('lows') ?? 0) >= 3 &&
    (low === -1 ? second >= 0 && !canBeNegative : second - low >= width);
  const isHigh = standIns.has(high) && (get('highs') ?? 0) >= 3 && high - before >= width;
  const values = [...(isLow ? [String(low)] : []), ...(isHigh ? [String(high)] : [])];
  if (values.length === 0) return none;
  const flaws = await found(ground, {
    code: 'stand-in',
    severity: 'check',
    column: column.name,
    where: { is: 'values', column: column.name, values },
    words: (rows) =>
      `${count(rows)} values of ${called(column)} are ${values.join(' or ')}, far from all others: a number that stands for “none”.`,
    fixes: [{ fix: { kind: 'to-gap', column: column.name, values }, label: 'Make them gaps' }],
  });
  return { flaws, low: isLow ? second : null, high: isHigh ? before : null };
}
