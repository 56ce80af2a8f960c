import type { TextDialect } from '../files/types.ts';
import { isStandIn } from '../files/written.ts';
import { id, join, sql, type Sql } from '../lib/sql.ts';
import { monthWord, monthWords, weekday, wordedDate, type MonthLanguage } from './months.ts';
import { numberPattern } from './numbers.ts';
import { gapWords, type Reader } from './reader.ts';

/** Longest record read, as in files/scan.ts, and the buffer that must hold it. */
const LONGEST_RECORD = 16_000_000;

export type Reading = {
  readonly path: string;
  readonly dialect: TextDialect;
  readonly columns: readonly {
    readonly name: string;
    readonly reader: Reader;
    /** Where the column stands among those of the table, if others of the file are left out (`partial.ts`). */
    readonly place?: number;
  }[];
  /** false where line breaks are mixed: DuckDB's strict parser stops at the first that differs. */
  readonly strict: boolean;
  /**
   * Plain numbers and ISO dates are read as such by the parser itself, which is a sixth faster; the statement fails at the first
   * record or cell that is not as it should be, and then the file must be read without trust.
   */
  readonly trusting?: boolean;
};

/** Between two unreadable cells of a row, and between a cell's column and its text. */
export const UNREADABLE_CELL = '\x1e';
export const UNREADABLE_TEXT = '\x1f';

/**
 * The whole import: every record, each column typed, `line` counting the records from 1, and `unreadable` with the text of the
 * cells that are not of their column's type. The dialect is given, so DuckDB guesses nothing.
 * `parallel = false`: short records with quoted line breaks are refused otherwise, and the file's order is kept.
 */
export function rawTable({ path, dialect, columns, strict, trusting = false }: Reading): Sql {
  const direct = columns.map(({ reader }) => (trusting ? directType(reader) : null));
  const named = columns.map(({ name, reader }, i) => sql`${value(i, reader)} AS ${id(name)}`);
  const values = columns.flatMap(({ reader }, i) => {
    if (direct[i]) return [sql`${requireFinite(cell(i))} AS ${value(i, reader)}`];
    if (reader.as === 'text')
      return [sql`${valueOf(inFile(cell(i), dialect), reader)} AS ${cell(i)}`];
    return [cell(i), sql`${valueOf(cell(i), reader)} AS ${value(i, reader)}`];
  });
  const doubtful = columns.map((column, i) => ({ ...column, i })).filter(({ i }) => !direct[i]);
  return sql`
    SELECT ${join([...named, sql`row_number() OVER () AS line`, sql`${unreadable(doubtful)} AS unreadable`])}
    FROM (SELECT ${join(values)}
    FROM read_csv(${path},
           auto_detect = false, header = false, parallel = false,
           delim = ${dialect.delimiter}, quote = ${dialect.quote}, escape = ${dialect.escape},
           columns = {${join(columns.map((_, i) => sql`${`c${i}`}: ${direct[i] ?? 'VARCHAR'}`))}},
           null_padding = true, store_rejects = ${!trusting}, strict_mode = ${strict},
           max_line_size = ${LONGEST_RECORD}, buffer_size = ${LONGEST_RECORD}))`;
}

/** The type that the parser itself gives to such a column with the same values as `valueOf`; null where it cannot. */
export function directType(reader: Reader): 'DOUBLE' | 'TIMESTAMP' | null {
  if (reader.as === 'date') return reader.formats === 'iso' && !reader.months ? 'TIMESTAMP' : null;
  if (reader.as !== 'number') return null;
  const { decimal, thousands, mark, bookkeeping } = reader.style;
  return decimal === '.' && thousands === '' && mark === '' && !bookkeeping ? 'DOUBLE' : null;
}

/** A gap stays one; NaN and infinities end the statement. */
const requireFinite = (read: Sql): Sql =>
  sql`CASE WHEN ${read} IS NULL OR isfinite(${read}) THEN ${read} ELSE error('not finite') END`;

/** A text with the separators that it has in the file, where another character stands for them. */
const inFile = (text: Sql, { delimiter, written }: TextDialect): Sql =>
  isStandIn(written) ? sql`replace(${text}, ${delimiter}, ${written.delimiter})` : text;

const cell = (i: number): Sql => id(`c${i}`);

/** What stands for column i once it is read: an inner SELECT reads each cell once, since DuckDB would do it again in a CASE. */
const value = (i: number, { as }: Reader): Sql => (as === 'text' ? cell(i) : id(`v${i}`));

/** The value of a cell, NULL where it is empty or cannot be read. */
export function valueOf(text: Sql, reader: Reader): Sql {
  switch (reader.as) {
    case 'text':
      return textOf(text, reader);
    case 'number':
      return numberOf(text, reader.style);
    case 'date':
      return reader.months
        ? wordedDateOf(text, reader.months, reader.formats)
        : dateOf(text, reader.formats);
    case 'yes-no':
      return sql`CASE WHEN lower(trim(${text})) IN (${join(reader.yes.map((word) => sql`${word}`))}) THEN true
                      WHEN lower(trim(${text})) IN (${join(reader.no.map((word) => sql`${word}`))}) THEN false END`;
  }
}

function textOf(text: Sql, { trim, pointZero }: Extract<Reader, { as: 'text' }>): Sql {
  if (pointZero)
    return sql`CASE WHEN regexp_full_match(${text}, ${'[0-9]+[.]0'}) THEN left(${text}, -2)
                    WHEN regexp_full_match(${text}, ${'\\s*[0-9]+[.,]0+\\s*'}) THEN regexp_extract(${text}, '[0-9]+')
                    ELSE nullif(trim(${text}), '') END`;
  return trim ? sql`nullif(trim(${text}), '')` : text;
}

function numberOf(text: Sql, style: Extract<Reader, { as: 'number' }>['style']): Sql {
  const { decimal, thousands, mark, bookkeeping } = style;
  if (decimal === '.' && thousands === '' && mark === '' && !bookkeeping)
    return finite(sql`TRY_CAST(${text} AS DOUBLE)`);
  let bare = sql`replace(${text}, ${'−'}, '-')`;
  if (mark !== '') bare = sql`replace(${bare}, ${mark}, '')`;
  if (thousands === "'") bare = sql`translate(${bare}, ${"'’"}, '')`;
  else if (thousands !== '' && thousands !== ' ') bare = sql`replace(${bare}, ${thousands}, '')`;
  bare = sql`regexp_replace(${bare}, ${'[\\s\\x{00A0}\\x{2009}\\x{202F})+]'}, '', 'g')`;
  if (decimal === ',') bare = sql`replace(${bare}, ',', '.')`;
  bare = sql`replace(${bare}, '(', '-')`;
  bare = sql`CASE WHEN ends_with(${bare}, '-') THEN '-' || left(${bare}, -1) ELSE ${bare} END`;
  return sql`CASE WHEN regexp_full_match(${text}, ${numberPattern(style)}) THEN ${finite(sql`TRY_CAST(${bare} AS DOUBLE)`)} END`;
}

type DateFormats = Extract<Reader, { as: 'date' }>['formats'];

const finite = (value: Sql): Sql => sql`CASE WHEN isfinite(${value}) THEN ${value} END`;

function dateOf(text: Sql, formats: DateFormats): Sql {
  if (formats === 'iso') return finite(sql`TRY_CAST(${text} AS TIMESTAMP)`);
  const number = sql`TRY_CAST(replace(${text}, ',', '.') AS DOUBLE)`;
  if (formats === 'epoch-seconds') return instant(sql`(1000 * ${number})`);
  if (formats === 'epoch-ms') return instant(number);
  if (formats === 'epoch-us') return instant(sql`(${number} / 1000)`);
  if (formats === 'excel-serial') return instant(sql`((${number} - 25569) * 86400000)`);
  return parsed(text, formats);
}

const parsed = (text: Sql, formats: readonly string[]): Sql =>
  sql`try_strptime(${text}, [${join(formats.map((format) => sql`${format}`))}])`;

/** Milliseconds since 1970 as a timestamp, where they are in the years 1 to 9999. */
const instant = (ms: Sql): Sql =>
  sql`CASE WHEN ${ms} BETWEEN -62135596800000 AND 253402300799999 THEN epoch_ms(round(${ms})::BIGINT) END`;

/** A date with its month in words: the word becomes its number, what is not a number or a colon a space. As `numbered` in months.ts. */
function wordedDateOf(text: Sql, language: MonthLanguage, formats: DateFormats): Sql {
  if (typeof formats === 'string') throw new RangeError(`${formats} has no months in words`);
  const known = monthWords(language);
  const bare = sql`replace(regexp_replace(lower(${text}), ${weekday}, '\\1'), ' del ', ' ')`;
  const word = sql`regexp_extract(${bare}, ${monthWord})`;
  const words = join(known.map(({ word: name }) => sql`${name}`));
  const months = join(known.map(({ month }) => sql`${month}`));
  const month = sql`[${months}][list_position([${words}], ${word})]`;
  const spelled = sql`replace(${bare}, ${word}, ' ' || ${month} || ' ')`;
  const numbers = sql`trim(regexp_replace(${spelled}, '[^0-9:]+', ' ', 'g'))`;
  return sql`CASE WHEN regexp_full_match(lower(${text}), ${wordedDate}) THEN ${parsed(numbers, formats)} END`;
}

/**
 * The texts of a row's unreadable cells, with their columns; NULL for nearly every row, so it costs next to nothing:
 * `list_contains` and not IN, since a long IN becomes a join over every row (measured: it doubled the time of the import).
 */
function unreadable(
  columns: readonly (Reading['columns'][number] & { readonly i: number })[],
): Sql {
  const typed = columns
    .map(({ reader, place, i }) => ({ i, place: place ?? i, is: value(i, reader), reader }))
    .filter(({ reader }) => reader.as !== 'text');
  if (typed.length === 0) return sql`NULL::VARCHAR`;
  const words = join(gapWords.map((word) => sql`${word}`));
  const cells = typed.map(
    ({ i, place, is }) => sql`
      CASE WHEN ${is} IS NULL AND trim(${cell(i)}) <> '' AND NOT list_contains([${words}], lower(trim(${cell(i)})))
           THEN ${`${place}${UNREADABLE_TEXT}`} || translate(${cell(i)}, ${UNREADABLE_CELL + UNREADABLE_TEXT}, '  ') END`,
  );
  const any = join(
    typed.map(({ is }) => sql`${is} IS NULL`),
    ' OR ',
  );
  return sql`CASE WHEN ${any} THEN nullif(concat_ws(${UNREADABLE_CELL}, ${join(cells)}), '') END`;
}
