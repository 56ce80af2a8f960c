import { TesseraError } from '../../lib/errors.ts';
import { plural } from '../../lib/format.ts';
import type { Job } from '../../lib/job.ts';
import type { Dialect } from '../types.ts';
import { columnLists } from './json-columns.ts';
import { broken, JsonLists, type JsonList } from './json-lists.ts';
import { parseExact, RecordRows } from './json-rows.ts';
import { eachText } from './json-text.ts';
import { exactly, spelled, type Transcript } from './types.ts';

export type JsonInput = {
  /** UTF-8. */
  readonly text: File;
  readonly given: Partial<Dialect>;
  readonly most: number;
};

/** Records as they come, each with the line of the file on which it begins. */
type Take = (source: string, line: number) => void;
/** Gives what `eachText` gives. */
type Source = (take: Take, job: Job) => Promise<number>;

/** The tables of a JSON document, largest first: lists of records that are reached through objects. [] where it is one by itself. */
export async function jsonTables(text: File, job: Job): Promise<readonly JsonList[]> {
  const lists = new JsonLists(false, null);
  await eachText(text, job, (piece) => lists.push(piece));
  lists.end();
  if (lists.values > 1) return [];
  const size = (list: JsonList) => list.objects + list.lists;
  return lists.lists
    .filter((list) => size(list) > 0 && !isColumn(list, lists.lists))
    .sort((a, b) => size(b) - size(a));
}

/** Whether a list of lists is one column among others of the same length, rather than rows of cells. */
function isColumn(list: JsonList, all: readonly JsonList[]): boolean {
  if (list.objects > 0 || list.path.length === 0) return false;
  const siblings = all.filter(({ path }) => same(path.slice(0, -1), list.path.slice(0, -1)));
  return (
    !siblings.some(({ path }) => isNamesOf(path, list.path)) &&
    siblings.some(({ objects, lists, scalars }) => objects + lists === 0 && scalars === list.lists)
  );
}

/** A JSON document as CSV: the list at `path`, or the largest. Throws file-unreadable, columns-too-few. O(bytes), read twice. */
export async function transcribeJson(
  { text, given, most }: JsonInput,
  path: readonly string[],
  job: Job,
): Promise<Transcript> {
  const tables = await jsonTables(text, job);
  const wanted =
    tables.find((list) => same(list.path, path)) ?? (path.length === 0 ? tables[0] : undefined);
  if (!wanted && path.length > 0)
    throw new TesseraError('part-missing', `There is no list “${path.join('.')}”.`);
  const columns = wanted ? null : await columnLists(text, most, job);
  if (columns) return columns;
  const rows: Source = async (take, on) => {
    const names: string[] = [];
    const lists = new JsonLists(!wanted, (source, list, line) => {
      if (!wanted || (list && same(list.path, wanted.path))) {
        if (names.length > 0) take(`[${names.splice(0).join(',')}]`, line);
        take(source, line);
      } else if (wanted.lists > 0 && list && isNamesOf(list.path, wanted.path)) names.push(source);
    });
    const strange = await eachText(text, on, (piece) => lists.push(piece));
    lists.end();
    return strange;
  };
  const written = await write({ text, given, most }, rows, job);
  const where = wanted?.path.length
    ? `The list “${wanted.path.join('.')}” of a JSON file.`
    : 'A JSON file.';
  return { ...written, reason: where };
}

/** Lines of JSON as CSV. Lines that are none keep their place and are set aside when the records are counted. Throws file-unreadable. O(bytes), read twice at most. */
export async function transcribeLines(input: JsonInput, job: Job): Promise<Transcript> {
  const rows: Source = async (take, on) => {
    let rest = '';
    let line = 1;
    const strange = await eachText(input.text, on, (piece) => {
      const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      if (rest.length > 16_000_000) throw broken('One line of it is longer than 16 MB.');
      for (const record of lines) take(record, line++);
    });
    take(rest, line);
    return strange;
  };
  return { ...(await write(input, rows, job)), reason: 'A file with a JSON record on each line.' };
}

/** `{"columns": [...], "data": [[...]]}`, as pandas splits a table: the names stand beside the rows. */
const isNamesOf = (path: readonly string[], rows: readonly string[]): boolean =>
  same(path, [...rows.slice(0, -1), 'columns']);

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, i) => name === b[i]);

async function write({ text, given, most }: JsonInput, source: Source, job: Job) {
  let strange = 0;
  const pass = async (rows: RecordRows): Promise<RecordRows> => {
    strange = await source((record, line) => {
      if (record.trim() !== '' && !takes(rows, record, line)) rows.setAside(record, line);
    }, job);
    return rows;
  };
  let rows = await pass(new RecordRows(most));
  if (rows.late) rows = await pass(rows.again());
  if (rows.rows === 0) throw new TesseraError('file-empty', 'It holds no record.');
  return {
    ...rows.written(text.name),
    given: rows.shape === 'object' ? exactly : { ...spelled, ...listed(given) },
    notes: [...rows.notes(), ...strangeNote(strange)],
  };
}

const strangeNote = (places: number): readonly string[] =>
  places === 0
    ? []
    : [
        `${plural(places, 'place')} of it ${places === 1 ? 'is' : 'are'} not UTF-8 and read as �. If they are accented letters, choose windows-1252 under Assumed.`,
      ];

/** Lists of cells may have titles above them or no names, as lines of text may. */
const listed = ({ header, skip }: Partial<Dialect>): Partial<Dialect> => ({
  ...(header !== undefined && { header }),
  ...(skip !== undefined && { skip }),
});

function takes(rows: RecordRows, source: string, line: number): boolean {
  try {
    return rows.take(parseExact(source.trim().replace(/,$/, '')), line);
  } catch (cause) {
    // No JSON, or nested so deeply that nothing can walk it: set aside by the caller
    if (cause instanceof SyntaxError || cause instanceof RangeError) return false;
    throw cause;
  }
}
