import {
  eastern,
  hourAt,
  isCompactDate,
  iso,
  named,
  withTimes,
  yearFirst,
  yearLast,
  yearMonth,
} from './date-patterns.ts';
import {
  languageName,
  monthLanguages,
  monthNumbers,
  numbered,
  type MonthLanguage,
} from './months.ts';
import type { DateNumber, Reader } from './reader.ts';

type DateReader = Extract<Reader, { as: 'date' }>;

export type DateGuess = Omit<DateReader, 'as'> & {
  /** Both day/month and month/day would read every date that was looked at. */
  readonly ambiguous: boolean;
  /** What decided, in words; '' where nothing had to be decided. */
  readonly reason: string;
  readonly zoned: boolean;
};

const ENOUGH = 0.95;
const sure = { ambiguous: false, zoned: false, reason: '' } as const;
const saysDate = (header: string): boolean =>
  /dat[eu]|day|tag\b|time|stamp|zeit|fecha|\bjour|datum|\bts\b|_at$|created|\bdt\b|seit\b|since\b/i.test(
    header,
  );

/**
 * How the dates of a column are spelled, if at least 95 % of the cells are dates. Day or month first is decided by the first
 * number above 12; where there is none by the order of the file, then by the separator, and said to be ambiguous.
 */
export function dateFormats(
  cells: readonly string[],
  header: string,
  decimal: '.' | ',',
): DateGuess | null {
  const texts = cells.map((cell) => cell.trim().slice(0, 60));
  const are = (test: RegExp): boolean => {
    if (!texts.slice(0, 40).some((text) => test.test(text))) return false;
    const n = texts.reduce((sum, text) => sum + (test.test(text) ? 1 : 0), 0);
    return n >= ENOUGH * texts.length;
  };
  if (are(iso)) return isoFormats(cells, texts);
  if (are(yearFirst)) return { ...sure, formats: yearFirstFormats(texts) };
  if (are(yearLast)) return dayOrMonthFirst(texts, decimal);
  if (are(named)) return { ...sure, formats: namedFormats(texts) };
  if (are(eastern)) return { ...sure, formats: easternFormats(texts) };
  if (are(yearMonth) && texts.length > 2) return { ...sure, formats: ['%Y-%m'] };
  return fromDigits(texts, header) ?? fromWords(texts);
}

/** The database reads it, but no space around it and no AM or PM. */
function isoFormats(cells: readonly string[], texts: readonly string[]): DateGuess {
  const plain =
    cells.every((cell) => cell === cell.trim()) && !texts.some((t) => /[ap]m$/i.test(t));
  const zoned = texts.some((text) => iso.exec(text)?.[9]);
  const formats = plain || zoned ? 'iso' : isoWithTimes(texts);
  return { ...sure, formats, zoned };
}

export const isoWithTimes = (texts: readonly string[]): readonly string[] =>
  withTimes('%Y-%m-%d', texts, { pattern: iso, from: hourAt.iso });

export function yearFirstFormats(texts: readonly string[]): readonly string[] {
  const separator = yearFirst.exec(texts.find((t) => yearFirst.test(t)) ?? '')?.[2] ?? '/';
  const date = ['%Y', '%m', '%d'].join(separator);
  return withTimes(date, texts, { pattern: yearFirst, from: hourAt.yearFirst });
}

export const easternFormats = (texts: readonly string[]): readonly string[] =>
  withTimes('%Y年%m月%d日', texts, { pattern: eastern, from: hourAt.eastern });

function dayOrMonthFirst(texts: readonly string[], decimal: '.' | ','): DateGuess {
  const parts = texts.map((text) => yearLast.exec(text)).filter((match) => match !== null);
  const separator = parts[0]?.[2] ?? '/';
  const first = parts.filter((p) => Number(p[1]) > 12).length;
  const second = parts.filter((p) => Number(p[3]) > 12).length;
  const ambiguous = first === 0 && second === 0;
  let dayFirst = first > second;
  let reason = dayFirst
    ? `${first} of ${parts.length} dates looked at can only be day first`
    : `${second} of ${parts.length} dates looked at can only be month first`;
  if (ambiguous) {
    const asDay = disorder(parts, 3, 1);
    const asMonth = disorder(parts, 1, 3);
    if (asDay !== asMonth) {
      dayFirst = asDay < asMonth;
      reason = `no date looked at tells day from month; read as ${dayFirst ? 'day' : 'month'} first, since then the file is in order of time`;
    } else {
      dayFirst = separator !== '/' || decimal === ',';
      reason = `no date looked at tells day from month; read as ${dayFirst ? 'day' : 'month'} first, as is usual with “${separator}”`;
    }
  }
  return { formats: yearLastFormats(texts, dayFirst), ambiguous, reason, zoned: false };
}

/** %y first: %Y would read "20" as the year 20. */
export function yearLastFormats(texts: readonly string[], dayFirst: boolean): readonly string[] {
  const parts = texts.map((text) => yearLast.exec(text)).filter((match) => match !== null);
  const separator = parts[0]?.[2] ?? '/';
  const years = [...new Set(parts.map((p) => (p[4]?.length === 2 ? '%y' : '%Y')))].sort().reverse();
  const order = dayFirst ? ['%d', '%m'] : ['%m', '%d'];
  return years.flatMap((year) =>
    withTimes([...order, year].join(separator), texts, {
      pattern: yearLast,
      from: hourAt.yearLast,
    }),
  );
}

/** Steps back in time from row to row if month and day stand in these groups. */
function disorder(parts: readonly RegExpExecArray[], month: number, day: number): number {
  let back = 0;
  let before = 0;
  for (const p of parts) {
    const at = 400 * Number(p[4]) + 32 * Number(p[month]) + Number(p[day]);
    if (at < before) back++;
    before = at;
  }
  return back;
}

export function namedFormats(texts: readonly string[]): readonly string[] {
  const dates = new Set<string>();
  for (const text of texts) {
    const match = named.exec(text);
    if (!match) continue;
    const name = match[3] ?? match[5] ?? '';
    const month = name.length > 3 ? '%B' : '%b';
    if (match[5]) dates.add(`${month} %d${text.includes(',') ? ',' : ''} %Y`);
    else dates.add(['%d', month, match[4]?.length === 2 ? '%y' : '%Y'].join(match[2]));
  }
  const ordered = [...dates].sort((a, b) => Number(b.includes('%y')) - Number(a.includes('%y')));
  return ordered.flatMap((date) => withTimes(date, texts, { pattern: named, from: hourAt.named }));
}

/** Numbers that are dates, if the column is named like one: 20241231, seconds since 1970, Excel's days. */
function fromDigits(texts: readonly string[], header: string): DateGuess | null {
  if (texts.length < 3 || !texts.every((text) => /^\d{5,17}([.,]\d+)?$/.test(text))) return null;
  const isNamed = saysDate(header);
  if (texts.every(isCompactDate) && (isNamed || texts.length >= 50)) {
    const reason = 'digits that are all dates';
    return { ...sure, formats: compactFormats(texts), reason };
  }
  if (!isNamed) return null;
  const kind = dateNumbers.find(({ is }) => texts.every(is));
  return kind ? { ...sure, formats: kind.formats, reason: kind.words } : null;
}

export const compactFormats = (texts: readonly string[]): readonly string[] =>
  texts.some(({ length }) => length === 14) ? ['%Y%m%d%H%M%S', '%Y%m%d'] : ['%Y%m%d'];

/** Kinds of numbers that stand for dates, told apart by their size: 1973 to 2100, or Excel's 1954 to 2064. */
export const dateNumbers: readonly {
  readonly formats: DateNumber;
  readonly words: string;
  readonly is: (text: string) => boolean;
}[] = [
  {
    formats: 'epoch-seconds',
    words: 'seconds since 1970',
    is: (text) => /^\d{9,10}(\.\d+)?$/.test(text),
  },
  { formats: 'epoch-ms', words: 'milliseconds since 1970', is: (text) => /^\d{12,13}$/.test(text) },
  { formats: 'epoch-us', words: 'microseconds since 1970', is: (text) => /^\d{15,16}$/.test(text) },
  {
    formats: 'excel-serial',
    words: 'the numbers that Excel keeps for days',
    is: (text) =>
      /^\d{5}([.,]\d+)?$/.test(text) &&
      Number(text.slice(0, 5)) >= 20_000 &&
      Number(text.slice(0, 5)) <= 60_000,
  },
];

/** Months in words, in the language that reads most cells. */
function fromWords(texts: readonly string[]): DateGuess | null {
  let best: { readonly months: MonthLanguage; readonly parts: readonly string[] } | null = null;
  for (const months of monthLanguages) {
    const words = monthNumbers(months);
    if (!texts.slice(0, 40).some((text) => numbered(text, words))) continue;
    const parts = texts.flatMap((text) => numbered(text, words) ?? []);
    if (parts.length > (best?.parts.length ?? 0)) best = { months, parts };
  }
  if (!best || best.parts.length < ENOUGH * texts.length) return null;
  const reason = `dates with months in ${languageName[best.months]}`;
  return { ...sure, formats: wordedFormats(texts), months: best.months, reason };
}

/** The order in which day, month and year stand once the month is a number, and the times behind them. */
export function wordedFormats(texts: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const text of texts) {
    const monthFirst =
      /^\s*\p{L}{3,}[.]?\s+\d{1,2}(st|nd|rd|th)?,?\s+\d{4}/u.test(text) &&
      !/^\s*\p{L}+[.,]+\s/u.test(text);
    const year = /(^|\D)\d{4}(\D|$)/.test(text) ? '%Y' : '%y';
    const clock = /:\d{2}:\d{2}/.test(text) ? ' %H:%M:%S' : text.includes(':') ? ' %H:%M' : '';
    found.add(`${monthFirst ? '%m %d' : '%d %m'} ${year}${clock}`);
  }
  return [...found].sort((a, b) => Number(b.includes('%y')) - Number(a.includes('%y')));
}
