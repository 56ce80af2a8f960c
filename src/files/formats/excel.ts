import { TesseraError } from '../../lib/errors.ts';
import type { Job } from '../../lib/job.ts';
import type { Dialect } from '../types.ts';
import { CsvWriter } from './csv-writer.ts';
import { headerRow, LOOKED_AT, MergeFiller } from './excel-layout.ts';
import { sheetNotes } from './excel-notes.ts';
import {
  readMerges,
  readRows,
  type CellContext,
  type Merge,
  type SheetRow,
} from './excel-sheet.ts';
import { spelled, type Transcript } from './types.ts';
import { readStrings, type Sheet, type Workbook } from './workbook.ts';

type Input = {
  readonly book: Workbook;
  readonly sheet: Sheet;
  /** Of the workbook. */
  readonly name: string;
  readonly given: Partial<Dialect>;
  readonly most: number;
};

type Extent = { readonly left: number; readonly right: number };

/**
 * A sheet as CSV. Line n of it is row n of the sheet (until a cell holds a line break), so that what is said of a line can be
 * found in Excel. Rows stream through; in memory are only the texts that cells share. Throws file-empty, file-unreadable,
 * archive-unsafe. O(bytes of XML), read two or three times.
 */
export async function transcribeSheet(input: Input, job: Job): Promise<Transcript> {
  const { book, sheet, given } = input;
  const merges = await readMerges(sheet.entry, job);
  const strings = book.strings ? await readStrings(book.strings) : [];
  const context: CellContext = { strings, formats: book.formats, date1904: book.date1904 };
  const first = await firstRows(sheet, context);
  const top = given.skip === undefined ? headerRow(first, merges) : given.skip;
  if (top === null) throw new TesseraError('file-empty', `The sheet “${sheet.name}” is empty.`);
  let extent = extentOf(first.filter(({ row }) => row >= top));
  for (;;) {
    const written = await write({ ...input, merges, context, top, extent }, job);
    if (written.extent.left >= extent.left && written.extent.right <= extent.right)
      return {
        text: written.text,
        fileLines: written.fileLines,
        given: {
          ...spelled,
          ...(given.header !== undefined && { header: given.header }),
          skip: written.skip,
        },
        reason: `Sheet “${sheet.name}” of an Excel workbook.`,
        notes: written.notes,
      };
    extent = written.extent;
  }
}

async function firstRows(sheet: Sheet, context: CellContext): Promise<readonly SheetRow[]> {
  const rows: SheetRow[] = [];
  const tell = (row: SheetRow) => rows.push(row) < LOOKED_AT;
  await readRows(sheet.entry, context, { blanks: { errors: 0, uncomputed: 0 }, tell });
  return rows;
}

/** The columns from the first to the last that is filled in any row. */
function extentOf(rows: readonly SheetRow[]): Extent {
  let [left, right] = [Infinity, -1];
  for (const { cells } of rows) {
    const first = cells.findIndex((cell) => cell !== null);
    if (first < 0) continue;
    left = Math.min(left, first);
    right = Math.max(right, cells.length - 1);
  }
  return { left: Math.min(left, Math.max(0, right)), right: Math.max(0, right) };
}

type Table = Input & {
  readonly merges: readonly Merge[];
  readonly context: CellContext;
  readonly top: number;
  readonly extent: Extent;
};

/** Writes the sheet; tells whether it turned out wider than `extent`, in which case it has to be written again. */
async function write(table: Table, job: Job) {
  const { sheet, context, merges, top, extent, name, most } = table;
  const writer = new CsvWriter(most);
  const width = extent.right - extent.left + 1;
  const filler = new MergeFiller(merges, top, width);
  const blanks = { errors: 0, uncomputed: 0 };
  const titles: string[] = [];
  let { left, right } = extent;
  let skip = 0;
  let next = 0;
  let last: SheetRow[] = [];
  const tell = (row: SheetRow) => {
    for (; next < row.row; next++) writer.blank();
    next = row.row + 1;
    job.progress('Reading the sheet', row.row, Math.max(row.row, 1_048_576));
    if (row.row < top) {
      const title = row.cells.filter((cell) => cell !== null).join(' · ');
      if (title === '') return writer.blank();
      titles.push(title);
      skip += title.match(/\r\n|\r|\n/g)?.length ?? 0;
      return writer.row([title]);
    }
    filler.fill(row);
    const one = extentOf([row]);
    if (!row.cells.some((cell) => cell !== null)) return writer.blank();
    left = Math.min(left, one.left);
    right = Math.max(right, one.right);
    last = [...last.slice(-2), row];
    writer.row(Array.from({ length: width }, (_, c) => row.cells[extent.left + c] ?? null));
  };
  await readRows(sheet.entry, context, { blanks, tell });
  return {
    text: writer.file(name),
    fileLines: writer.fileLines(),
    skip: top + skip,
    extent: { left, right },
    notes: sheetNotes({
      titles,
      top,
      filled: filler.count,
      blanks,
      last: last.filter(({ row }) => row > top),
    }),
  };
}
