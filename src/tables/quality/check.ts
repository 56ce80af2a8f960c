import type { Database } from '../../db/query.ts';
import type { Job } from '../../lib/job.ts';
import { checkDate } from './check-date.ts';
import { checkNumber } from './check-number.ts';
import { checkText, differentValues } from './check-text.ts';
import { checkCopies } from './copies.ts';
import { checkFilling } from './gaps.ts';
import { groundOf, type Ground, type ToCheck } from './ground.ts';
import { checkPersonal } from './personal/check-personal.ts';
import type { Flaw, QualityColumn, Severity } from './types.ts';

/** What is odd about one column, the gravest first; nothing is changed. A few passes over it, each cancellable; of text mostly one, which groups its values. */
export async function checkColumn(
  db: Database,
  it: ToCheck & { readonly column: QualityColumn },
  job: Job,
): Promise<readonly Flaw[]> {
  const ground = await groundOf(db, it, job.signal);
  return ground.rows === 0 ? [] : graveFirst(await columnFlaws(ground, it.column, job));
}

/** What is odd about a table: every column, then its rows and what columns say twice. Nothing found is an answer: an empty list. */
export async function checkTable(db: Database, it: ToCheck, job: Job): Promise<readonly Flaw[]> {
  const ground = await groundOf(db, it, job.signal);
  if (ground.rows === 0) return [];
  const flaws: Flaw[] = [];
  for (const [i, column] of it.columns.entries()) {
    job.progress(`Checking ${column.header || column.name}`, i, it.columns.length + 1);
    flaws.push(...(await columnFlaws(ground, column, job)));
    await job.breathe();
  }
  job.progress('Checking whole rows', it.columns.length, it.columns.length + 1);
  flaws.push(...(await checkCopies(ground, job)));
  return graveFirst(flaws);
}

async function columnFlaws(
  ground: Ground,
  column: QualityColumn,
  job: Job,
): Promise<readonly Flaw[]> {
  const values = column.type === 'text' ? await differentValues(ground, column) : null;
  const { flaws, usable } = await checkFilling(ground, column, values);
  await job.breathe();
  if (!usable) return flaws;
  const personal = await checkPersonal(ground, column, values, job);
  if (column.type === 'number')
    return [...flaws, ...personal, ...(await checkNumber(ground, column))];
  if (column.type === 'date') return [...flaws, ...(await checkDate(ground, column))];
  return column.type === 'text'
    ? [...flaws, ...personal, ...(await checkText(ground, column, values, job))]
    : flaws;
}

const weight: Record<Severity, number> = { wrong: 0, check: 1, note: 2 };

/** By severity, then by rows; the order of the columns decides the rest. */
const graveFirst = (flaws: readonly Flaw[]): readonly Flaw[] =>
  flaws.toSorted((a, b) => weight[a.severity] - weight[b.severity] || b.rows - a.rows);

/** What tells one flaw from another, for lists. */
export const flawKey = ({ code, column, where }: Flaw): string =>
  JSON.stringify([code, column ?? null, where]);
