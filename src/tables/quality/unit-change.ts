import type { Table } from '../../db/query.ts';
import { count, day, measure, percent } from '../../lib/format.ts';
import { isoOf } from '../profile.ts';
import { findChange, splitPlace, type Block, type Change } from './change-point.ts';
import { called, found, type Ground } from './ground.ts';
import { logBlocks, logsBetween } from './number.sql.ts';
import type { Bound, Fix, Flaw, QualityColumn } from './types.ts';

const BLOCKS = 200;
/** Factors between units that people mix up, with what they are. */
const units: readonly (readonly [factor: number, words: string])[] = [
  [10, 'a decimal point moved by one place'],
  [100, 'cents and whole units, or shares and percent'],
  [1000, 'thousandths and whole units'],
  [10_000, 'ten thousands'],
  [1_000_000, 'millions'],
  [12, 'months and years, or dozens'],
  [7, 'days and weeks'],
  [24, 'hours and days'],
  [60, 'minutes and hours'],
  [3600, 'seconds and hours'],
  [1.95583, 'Deutsche Mark and euro'],
  [2.20462, 'pounds and kilograms'],
  [1.609344, 'miles and kilometres'],
  [2.54, 'inches and centimetres'],
  [28.3495, 'ounces and grams'],
];
/** A step that is no known factor is reported from here on. */
const LARGE = 4;

/**
 * A stretch of a column whose values are on another level by a factor: by time where the table has a time line, else, or where time
 * shows none, by record number. The factor has a 95 % interval from what remains between 200 blocks; so has the place.
 */
export async function unitChange(ground: Ground, column: QualityColumn): Promise<readonly Flaw[]> {
  if (ground.rows < 200) return [];
  const lines = ground.along ? [ground.along.name, null] : [null];
  for (const along of lines) {
    if (along === column.name) continue;
    const it = { column: column.name, along, blocks: BLOCKS };
    const blocks = rowsOf(await ground.db.query(logBlocks(ground.table, it), ground.signal));
    const change = findChange(blocks);
    const factor = change && factorOf(change);
    if (change && factor) return describe(ground, { column, along, change, factor });
  }
  return [];
}

const rowsOf = (table: Table): readonly Block[] =>
  table.toArray().map((row): Block => ({
    block: Number(row['block']),
    n: Number(row['n']),
    mean: Number(row['mean']),
  }));

type Factor = {
  /** Above 1, with its interval, and whether it was snapped to a known one. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly known: string | null;
};

/** How many times larger the larger level is; null where that is no unit and no large step. */
function factorOf({ step, error }: Change): Factor | null {
  const size = Math.abs(step);
  const half = 1.96 * error;
  const [low, high] = [Math.exp(size - half), Math.exp(size + half)];
  const near = units
    .map(([value, known]) => ({ value, known, off: Math.abs(Math.log(value) - size) }))
    .filter(
      ({ value, off }) => off <= Math.max(3 * error, 0.02) && off <= (value < 3 ? 0.03 : 0.15),
    )
    .sort((a, b) => a.off - b.off)[0];
  if (near) return { value: near.value, low, high, known: near.known };
  return size < Math.log(LARGE) ? null : { value: Math.exp(size), low, high, known: null };
}

type Seen = {
  readonly column: QualityColumn;
  readonly along: string | null;
  readonly change: Change;
  readonly factor: Factor;
};

async function describe(ground: Ground, seen: Seen): Promise<readonly Flaw[]> {
  const { column, along, change, factor } = seen;
  const edge = async (block: number, isStart: boolean) => {
    const it = { column: column.name, along, blocks: BLOCKS, from: block - 1.5, to: block + 1.5 };
    const rows = await ground.db.query(logsBetween(ground.table, it), ground.signal);
    const [at, log] = ['place', 'log'].map((name) =>
      Float64Array.from(rows.getChild(name) ?? [], Number),
    );
    const { inside, outside } = change;
    const levels = isStart ? ([outside, inside] as const) : ([inside, outside] as const);
    return splitPlace({ at: at ?? [], log: log ?? [] }, ...levels);
  };
  const start = change.atStart ? null : await edge(change.from, true);
  const end = change.atEnd ? null : await edge(change.until, false);
  const bound = (at: number): Bound => (along === null ? at : (isoOf(at) ?? at));
  const from = start ? bound(start.at) : null;
  const until = end ? bound(end.at) : null;
  const say = (value: number) => (along === null ? `row ${count(value)}` : day(isoOf(value) ?? ''));
  const place = (it: NonNullable<typeof start>) =>
    say(it.low) === say(it.high) ? say(it.at) : `${say(it.at)} (${say(it.low)} to ${say(it.high)})`;
  const where = [start && `from ${place(start)} on`, end && `before ${place(end)}`]
    .filter(Boolean)
    .join(' and ');
  const isLarger = change.step > 0;
  const size = measure(factor.value);
  const share = (rows: number) => percent(rows / Math.max(1, ground.rows));
  return found(ground, {
    code: 'unit-change',
    column: column.name,
    severity: factor.known ? 'wrong' : 'check',
    where: {
      is: 'both',
      of: [
        { is: 'part', along, from, until },
        { is: 'filled', column: column.name },
      ],
    },
    words: (rows) =>
      `${called(column)} is about ${size} times as ${isLarger ? 'large' : 'small'} ${where}: ${count(rows)} values (${share(rows)}), factor ${measure(factor.low)} to ${measure(factor.high)}` +
      (factor.known ? `, as between ${factor.known}.` : '.'),
    fixes: [
      offer(seen, { from, until, isLarger }),
      ...(change.atStart || change.atEnd
        ? [offer(seen, { from: until, until: from, isLarger: !isLarger })]
        : []),
    ],
  });
}

/** Brings one part to the level of the rest. */
function offer(
  { column, along, factor }: Seen,
  { from, until, isLarger }: { from: Bound | null; until: Bound | null; isLarger: boolean },
): Flaw['fixes'][number] {
  const value = factor.known ? factor.value : Number(factor.value.toPrecision(3));
  const by = isLarger ? 1 / value : value;
  const fix: Fix = { kind: 'scale', column: column.name, factor: by, along, from, until };
  const part = [
    from === null ? '' : ` from ${along === null ? `row ${from}` : day(String(from))} on`,
    until === null ? '' : ` before ${along === null ? `row ${until}` : day(String(until))}`,
  ].join('');
  return { fix, label: `${isLarger ? 'Divide' : 'Multiply'} by ${measure(value, 6)}${part}` };
}
