import type { Database } from '../../../src/db/query.ts';
import type { OpenSource } from '../../../src/files/types.ts';
import { TesseraError } from '../../../src/lib/errors.ts';
import { rowsFrom } from '../../../src/tables/clean.sql.ts';
import { beforeRaw } from '../../../src/tables/ledger.ts';
import { makeRaw } from '../../../src/tables/make-raw.ts';
import { importRaw, type Raw } from '../../../src/tables/raw.ts';
import { shownRows } from '../../../src/tables/rows.ts';
import { open } from '../../support/import.ts';
import { lettersOf, lostLetters } from './letters.ts';

/** How a file ended. `wrong`: what does not add up, or null. */
export type End =
  | {
      readonly kind: 'table';
      readonly source: OpenSource;
      readonly rows: number;
      readonly setAside: readonly { readonly reason: string; readonly rows: number }[];
      readonly cells: readonly (readonly string[])[];
      readonly wrong: string | null;
    }
  | { readonly kind: 'refused'; readonly code: string; readonly words: string }
  | { readonly kind: 'failed'; readonly how: 'crash' | 'hang'; readonly words: string };

const LIMIT_MS = 10_000;
const refusals = ['file-', 'format-', 'columns-', 'archive-', 'encoding-', 'sheet-'];

/** One file through open and import, with the typed table, the ledger, and every letter of it counted again. */
export async function readFile(db: Database, file: File): Promise<End> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<End>((resolve) => {
    timer = setTimeout(
      () => resolve({ kind: 'failed', how: 'hang', words: `over ${LIMIT_MS} ms` }),
      LIMIT_MS,
    );
  });
  try {
    return await Promise.race([tryFile(db, file), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function tryFile(db: Database, file: File): Promise<End> {
  try {
    return await wholeImport(db, file);
  } catch (error) {
    const words = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    if (error instanceof TesseraError && refusals.some((start) => error.code.startsWith(start)))
      return { kind: 'refused', code: error.code, words };
    const code = error instanceof TesseraError ? error.code : 'not ours';
    return { kind: 'failed', how: 'crash', words: `${code}: ${words}` };
  }
}

async function wholeImport(db: Database, file: File): Promise<End> {
  const source = await open(db, file);
  const raw = await importRaw(db, source);
  const { rows } = raw.profiles;
  const ledger = beforeRaw(raw.count, rows);
  const aside = ledger.setAside.reduce((sum, each) => sum + each.rows, 0);
  const columns: Raw['columns'] = raw.columns.map((column) => ({
    ...column,
    type: 'text',
    reader: { as: 'text', trim: false, pointZero: false },
  }));
  await makeRaw(db, source, columns, {});
  const shown = shownRows(await db.query(rowsFrom(columns, { from: 0, count: rows })), columns);
  const cells = shown.map((row) => row.cells);
  const lost = await lostLetters(source, raw.count, lettersOf(cells));
  await db.release(source.path);
  const wrong =
    ledger.read !== raw.count.records || ledger.read !== rows + aside
      ? `${raw.count.records} records, ${rows} rows, ${aside} set aside`
      : ledger.setAside.some(({ reason }) => reason === 'other')
        ? 'the database read fewer records than were counted'
        : lost;
  return { kind: 'table', source, rows, setAside: ledger.setAside, cells, wrong };
}
