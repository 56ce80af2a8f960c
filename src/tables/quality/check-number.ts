import { count, measure } from '../../lib/format.ts';
import { number } from '../profile.ts';
import { farCut, farOut } from './far-out.ts';
import { called, found, type Ground } from './ground.ts';
import { possible } from './impossible.ts';
import { meaning } from './meaning.ts';
import { numberFacts } from './number.sql.ts';
import { standIn } from './stand-in.ts';
import type { Flaw, QualityColumn } from './types.ts';
import { unitChange } from './unit-change.ts';

/** What is odd about a column of numbers: one pass, and one more for each thing found. */
export async function checkNumber(ground: Ground, column: QualityColumn): Promise<readonly Flaw[]> {
  const { table, db, signal } = ground;
  const facts = await db.query(numberFacts(table, column.name), signal);
  const fact = (name: string) => number(facts, name) ?? 0;
  const n = fact('n');
  if (n === 0) return [];
  const means = meaning(column);
  const quantiles: unknown = facts.getChild('q')?.get(0);
  const q = quantiles === null ? [] : Array.from(quantiles as Iterable<number>); // a LIST of DOUBLE comes as an Arrow vector
  const range = { low: fact('low'), high: fact('high') };
  const limits = possible(means, {
    q,
    isWhole: fact('broken') === 0,
    told: ground.told,
    end: ground.end,
  });
  const ownLimits = means === 'price' ? { low: 0, high: null, why: '' } : null; // told as negative
  const flaws: Flaw[] = [];
  if (
    limits &&
    ((limits.low !== null && range.low < limits.low) ||
      (limits.high !== null && range.high > limits.high))
  )
    flaws.push(
      ...(await outside(ground, column, { ...limits, code: 'impossible', severity: 'wrong' })),
    );
  if (means === 'quantity' || column.role === 'amount' || means === 'price')
    flaws.push(
      ...(await signs(ground, column, { negative: fact('negative'), zero: fact('zero'), n })),
    );
  if (means === 'id') return flaws;
  const stand = await standIn(ground, column, { ...range, q });
  flaws.push(...stand.flaws);
  if (fact('broken') > 0 || range.high - range.low > 2)
    flaws.push(
      ...(await far(ground, column, {
        q,
        n,
        middle: fact('middle'),
        range,
        stand,
        limits: limits ?? ownLimits,
      })),
    );
  if (range.high > range.low && means !== 'birth')
    flaws.push(...(await unitChange(ground, column)));
  return flaws;
}

type Limits = { readonly low: number | null; readonly high: number | null; readonly why: string };

async function outside(
  ground: Ground,
  column: QualityColumn,
  { low, high, why, code, severity }: Limits & Pick<Flaw, 'code' | 'severity'>,
): Promise<readonly Flaw[]> {
  const bounds = { column: column.name, low, high };
  return found(ground, {
    code,
    severity,
    column: column.name,
    where: { is: 'outside', ...bounds },
    words: (rows) =>
      `${count(rows)} ${rows === 1 ? 'value' : 'values'} of ${called(column)} ${rows === 1 ? why.replace(/^are /, 'is ').replace(/^lie /, 'lies ') : why}.`,
    fixes: [
      { fix: { kind: 'to-gap-outside', ...bounds }, label: 'Make them gaps' },
      ...(code === 'far-out'
        ? [{ fix: { kind: 'clip' as const, ...bounds }, label: clipLabel(low, high) }]
        : []),
    ],
  });
}

const clipLabel = (low: number | null, high: number | null): string =>
  `Cut off ${[low === null ? '' : `below ${measure(low)}`, high === null ? '' : `above ${measure(high)}`].filter(Boolean).join(' and ')}`;

/** Negative and zero quantities, prices and amounts: often returns and gifts, so they are for a person to judge. */
async function signs(
  ground: Ground,
  column: QualityColumn,
  { negative, zero, n }: { negative: number; zero: number; n: number },
): Promise<readonly Flaw[]> {
  const flaws: Flaw[] = [];
  const name = called(column);
  const isPrice = meaning(column) === 'price';
  if (negative > 0 && negative < n / 2)
    flaws.push(
      ...(await outside(ground, column, {
        code: 'negative',
        severity: isPrice ? 'check' : 'note',
        low: 0,
        high: null,
        why: isPrice ? 'are below zero' : 'are below zero, as returns are',
      })),
    );
  if (zero > 0 && zero < n / 2)
    flaws.push(
      ...(await found(ground, {
        code: 'zero',
        severity: meaning(column) === 'quantity' ? 'check' : 'note',
        column: column.name,
        where: { is: 'values', column: column.name, values: ['0'] },
        words: (rows) => `${count(rows)} ${rows === 1 ? 'row has' : 'rows have'} 0 as ${name}.`,
        fixes: [
          { fix: { kind: 'to-gap', column: column.name, values: ['0'] }, label: 'Make them gaps' },
        ],
      })),
    );
  return flaws;
}

/** Only where there are such values: not what a stand-in or a limit has told already. */
async function far(
  ground: Ground,
  column: QualityColumn,
  it: {
    q: readonly number[];
    n: number;
    middle: number;
    range: { low: number; high: number };
    stand: { low: number | null; high: number | null };
    limits: Limits | null;
  },
): Promise<readonly Flaw[]> {
  const bounds = farOut(it.q, it.n, it.middle);
  const lowest = it.stand.low ?? Math.max(it.range.low, it.limits?.low ?? -Infinity);
  const highest = it.stand.high ?? Math.min(it.range.high, it.limits?.high ?? Infinity);
  const low =
    bounds.low !== null && lowest < bounds.low && it.stand.low === null ? bounds.low : null;
  const high =
    bounds.high !== null && highest > bounds.high && it.stand.high === null ? bounds.high : null;
  if (low === null && high === null) return [];
  const ends = [
    low === null ? '' : `below ${measure(low)}`,
    high === null ? '' : `above ${measure(high)}`,
  ].filter(Boolean);
  const why = `lie ${ends.join(' or ')}: more than ${measure(farCut(it.n), 2)} robust deviations from the median ${measure(it.q[3] ?? 0)}, on the plain and on the log scale`;
  return outside(ground, column, { code: 'far-out', severity: 'note', low, high, why });
}
