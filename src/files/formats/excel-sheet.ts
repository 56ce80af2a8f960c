import type { Job } from '../../lib/job.ts';
import type { Entry } from './archive.ts';
import { cellPlace, numberText, unescapeOffice, type CellFormat } from './excel-cells.ts';
import { MOST_COLUMNS, MOST_SHEET_BYTES, unsafe } from './limits.ts';
import { longer, scanXml } from './workbook.ts';
import { attribute } from './xml.ts';

const MOST_ROWS = 1_048_576;
const MOST_MERGES_TEXT = 32_000_000;

/** Cells joined into one; rows and columns from 0, both ends included. */
export type Merge = {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
};

export type SheetRow = {
  /** From 0. */
  readonly row: number;
  /** By column from 0; null where there is nothing. */
  readonly cells: (string | null)[];
};

/** What a cell may need that its sheet does not hold. */
export type CellContext = {
  readonly strings: readonly string[];
  readonly formats: readonly CellFormat[];
  readonly date1904: boolean;
};

/** Merges by their first row. They stand behind all rows in the file, so this is a pass of its own. O(bytes of XML). */
export async function readMerges(entry: Entry, job: Job): Promise<readonly Merge[]> {
  const decoder = new TextDecoder('latin1');
  let tail = '';
  let behind = false;
  let done = 0;
  await entry.read(MOST_SHEET_BYTES, (piece) => {
    job.progress('Looking at the sheet', (done += piece.length), entry.bytes);
    tail += decoder.decode(piece, { stream: true });
    behind ||= tail.includes('</sheetData>') || /<\/\w+:sheetData>/.test(tail);
    if (!behind) tail = tail.slice(-64);
    if (tail.length > MOST_MERGES_TEXT) throw unsafe('It joins more cells than a sheet has.');
  });
  const found = tail.matchAll(/<(?:\w+:)?mergeCell\s[^>]*?ref="([^":]+):([^"]+)"/g);
  return [...found]
    .flatMap(([, from, to]) => {
      const [start, end] = [cellPlace(from!), cellPlace(to!)];
      return start && end ? [{ top: start[0], left: start[1], bottom: end[0], right: end[1] }] : [];
    })
    .sort((a, b) => a.top - b.top);
}

/** Cells without a value: an error such as #N/A, or a formula that no program has computed yet. */
export type Blanks = { errors: number; uncomputed: number };

/** Tells the rows in order; `tell` may return false to stop. Counts into `blanks`. O(bytes of XML). */
export async function readRows(
  entry: Entry,
  context: CellContext,
  { blanks, tell }: { readonly blanks: Blanks; readonly tell: (row: SheetRow) => unknown },
): Promise<void> {
  let row = -1;
  let column = -1;
  let cells: (string | null)[] = [];
  let kind = 'n';
  let style = 0;
  let text = '';
  let inValue = false;
  let inReading = false;
  let isFormula = false;
  let stopped = false;
  const value = (): string | null => {
    if (text === '') return null;
    if (kind === 's') return context.strings[Number(text)] ?? null;
    if (kind === 'str' || kind === 'inlineStr') return unescapeOffice(text);
    if (kind === 'b') return text === '1' ? 'true' : 'false';
    if (kind === 'd') return text.replace('T', ' ').replace(/( 00:00:00(\.0+)?)?Z?$/, '');
    if (kind === 'e') return (blanks.errors++, null);
    return numberText(text, context.formats[style] ?? { kind: 'number' }, context.date1904);
  };
  await scanXml(
    entry,
    {
      open(name, attributes) {
        if (name === 'row') {
          row = Number(attribute(attributes, 'r') ?? row + 2) - 1;
          if (!(row >= 0 && row < MOST_ROWS)) throw unsafe('It numbers rows that no sheet has.');
          cells = [];
          column = -1;
        } else if (name === 'c') {
          const place = attribute(attributes, 'r');
          column = (place ? cellPlace(place)?.[1] : undefined) ?? column + 1;
          if (column >= MOST_COLUMNS) throw unsafe('It numbers columns that no sheet has.');
          kind = attribute(attributes, 't') ?? 'n';
          style = Number(attribute(attributes, 's') ?? 0);
          text = '';
          isFormula = false;
        } else if (name === 'v' || name === 't') inValue = true;
        else if (name === 'f') isFormula = true;
        else if (name === 'rPh') inReading = true;
      },
      text: (piece) => void (inValue && !inReading && (text = longer(text, piece))),
      close(name) {
        if (name === 'v' || name === 't') inValue = false;
        else if (name === 'rPh') inReading = false;
        else if (name === 'c') {
          if (isFormula && text === '' && kind !== 'str') blanks.uncomputed++;
          const found = value();
          if (found === null || found === '') return;
          while (cells.length < column) cells.push(null);
          cells[column] = found;
        } else if (name === 'row' && !stopped) stopped = tell({ row, cells }) === false;
      },
    },
    () => stopped,
  );
}

/** Whether a sheet has a filled cell at all; reads only as far as the first. */
export async function hasCells(entry: Entry): Promise<boolean> {
  let found = false;
  await scanXml(
    entry,
    { open: (name) => void (found ||= name === 'v' || name === 't') },
    () => found,
  );
  return found;
}
