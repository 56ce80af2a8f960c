import type { Job } from '../../../lib/job.ts';
import { count, percent } from '../../../lib/format.ts';
import { id, sql, type Sql } from '../../../lib/sql.ts';
import { asText } from '../../clean.sql.ts';
import { wordsOf } from '../../words.ts';
import { called, found, type Ground } from '../ground.ts';
import type { Spelled } from '../spelling.ts';
import type { Flaw, QualityColumn } from '../types.ts';
import { isGap } from '../where.sql.ts';
import { contact, phone } from './contact.ts';
import { easternEurope } from './europe-east.ts';
import { middleEurope } from './europe-middle.ts';
import type { Recogniser } from './recogniser.ts';
import { checkInside } from './inside.ts';
import { westernEurope } from './europe-west.ts';
import { world } from './world.ts';

/** Every kind, the surest first: it decides between kinds that fit a column equally well. */
export const recognisers: readonly Recogniser[] = [
  ...contact,
  ...westernEurope,
  ...middleEurope,
  ...easternEurope,
  ...world,
  phone,
];

/** From this share of the sample on the column is of that kind. A check digit lets one of ten arbitrary numbers through. */
const VOTE = 0.6;
const SAMPLE = 2_000;
const FEWEST = 5;

/** The kind that most of these texts are, by header words where several fit equally; null under 60 % or under five texts. Pure. */
export function personalKind(
  header: string,
  texts: readonly string[],
): { readonly recogniser: Recogniser; readonly share: number } | null {
  const cells = texts.map((text) => text.trim()).filter(Boolean);
  if (cells.length < FEWEST) return null;
  const words = new Set(wordsOf(header));
  let best: { recogniser: Recogniser; share: number; hinted: boolean } | null = null;
  for (const recogniser of recognisers) {
    const hinted = recogniser.hints.some((hint) => words.has(hint));
    const share = cells.filter((cell) => recogniser.is(cell, hinted)).length / cells.length;
    if (share < VOTE) continue;
    if (!best || share > best.share + 0.05 || (hinted && !best.hinted && share > best.share - 0.05))
      best = { recogniser, share, hinted };
  }
  return best;
}

/** Filled cells of about `count` rows, spread over the table by a fixed scramble of the record number: the same ones each time. */
function sampled({ table, rows }: Ground, column: QualityColumn, size: number): Sql {
  const cut = Math.min(2 ** 32, Math.ceil((2 ** 32 * size) / Math.max(1, rows)));
  return sql`
    SELECT ${asText(column)} AS cell FROM ${id(table)}
    WHERE (line * 2654435761) % 4294967296 < ${cut} AND NOT ${isGap(column)}
    ORDER BY line LIMIT ${size}`;
}

/** Whether a column tells who people are, by a vote over 2,000 rows; else whether some of its texts hold an address or account number. */
export async function checkPersonal(
  ground: Ground,
  column: QualityColumn,
  values: readonly Spelled[] | null,
  job: Job,
): Promise<readonly Flaw[]> {
  const cells = await read(ground, sampled(ground, column, SAMPLE));
  const texts =
    cells.length >= 50
      ? cells
      : await read(
          ground,
          sql`SELECT ${asText(column)} AS cell FROM ${id(ground.table)} WHERE NOT ${isGap(column)} ORDER BY line LIMIT ${SAMPLE}`,
        );
  await job.breathe();
  const kind = personalKind(column.header || column.name, texts);
  if (!kind) return column.type === 'text' ? checkInside(ground, column, { texts, values }) : [];
  const { recogniser, share } = kind;
  return found(ground, {
    code: 'personal',
    column: column.name,
    severity: 'check',
    where: { is: 'filled', column: column.name },
    sampled: texts.length,
    words: (rows) =>
      `${called(column)} holds ${recogniser.words}: ${percent(share, 0)} of ${count(texts.length)} cells looked at pass its check; ${count(rows)} rows are filled. They tell who a person is.`,
    fixes:
      column.role === 'customer'
        ? []
        : [{ fix: { kind: 'leave-out', column: column.name }, label: 'Leave the column out' }],
  });
}

async function read(ground: Ground, statement: Sql): Promise<readonly string[]> {
  const cells = (await ground.db.query(statement, ground.signal)).getChild('cell');
  return Array.from(cells ?? [], String);
}
