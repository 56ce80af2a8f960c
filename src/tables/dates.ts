import type { Reader } from './reader.ts';

export type DateGuess = {
  readonly formats: Extract<Reader, { as: 'date' }>['formats'];
  /** Both day/month and month/day would read every date that was looked at. */
  readonly ambiguous: boolean;
  /** What decided, in words; '' where nothing had to be decided. */
  readonly reason: string;
  readonly zoned: boolean;
};

const months =
  'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december';
const time = String.raw`(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?\s?([AaPp][Mm])?)?`;
const zone = String.raw`(Z|\s?UTC|\s?[-+]\d{2}:?\d{2})?`;
const iso = new RegExp(`^(\\d{4})-(\\d{1,2})-(\\d{1,2})${time}${zone}$`);
const yearFirst = new RegExp(`^(\\d{4})([/.])(\\d{1,2})\\2(\\d{1,2})${time}$`);
const yearLast = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})${time}$`);
const named = new RegExp(
  `^(?:(\\d{1,2})([- ])(${months})\\2(\\d{4}|\\d{2})|(${months}) (\\d{1,2}),? (\\d{4}))${time}$`,
  'i',
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
  const enough = (n: number) => texts.length > 0 && n >= 0.95 * texts.length;
  const count = (test: RegExp) => {
    const few = texts.slice(0, 40).filter((text) => test.test(text)).length;
    return few === 0 ? 0 : texts.reduce((n, text) => n + (test.test(text) ? 1 : 0), 0);
  };
  const found = (formats: DateGuess['formats'], reason = ''): DateGuess => ({
    formats,
    ambiguous: false,
    reason,
    zoned: false,
  });
  if (enough(count(iso))) {
    // The database reads it, but no space around it and no AM or PM
    const plain =
      cells.every((cell) => cell === cell.trim()) && !texts.some((t) => /[ap]m$/i.test(t));
    const zoned = texts.some((text) => iso.exec(text)?.[9]);
    return { ...found(plain || zoned ? 'iso' : withTimes('%Y-%m-%d', texts, iso, 4)), zoned };
  }
  if (enough(count(yearFirst))) {
    const separator = yearFirst.exec(texts.find((t) => yearFirst.test(t)) ?? '')?.[2] ?? '/';
    return found(withTimes(`%Y${separator}%m${separator}%d`, texts, yearFirst, 5));
  }
  if (enough(count(yearLast))) return dayOrMonthFirst(texts, decimal);
  if (enough(count(named))) return found(namedFormats(texts));
  return fromDigits(texts, header);
}

function dayOrMonthFirst(texts: readonly string[], decimal: '.' | ','): DateGuess {
  const parts = texts.map((text) => yearLast.exec(text)).filter((match) => match !== null);
  const separator = parts[0]?.[2] ?? '/';
  const years = [...new Set(parts.map((p) => (p[4]?.length === 2 ? '%y' : '%Y')))].sort().reverse(); // %y first: %Y would read "20" as the year 20
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
  const order = dayFirst ? ['%d', '%m'] : ['%m', '%d'];
  const formats = years.flatMap((year) =>
    withTimes([...order, year].join(separator), texts, yearLast, 5),
  );
  return { formats, ambiguous, reason, zoned: false };
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

/** A date format with the spellings of time that were seen behind it. `from`: the group of the hour. */
function withTimes(
  date: string,
  texts: readonly string[],
  pattern: RegExp,
  from: number,
): readonly string[] {
  const seen = new Set<string>();
  for (const text of texts) {
    const match = pattern.exec(text);
    if (!match) continue;
    const [hour, , second, fraction, half] = match.slice(from, from + 5);
    if (hour === undefined) seen.add(date);
    else {
      const gap = /T\d/.test(text) ? 'T' : text.includes(', ') ? ', ' : ' ';
      const clock = `${half ? '%I' : '%H'}:%M${second ? ':%S' : ''}${fraction ? '.%f' : ''}`;
      seen.add(`${date}${gap}${clock}${half ? (/\d[ap]m$/i.test(text) ? '%p' : ' %p') : ''}`);
    }
  }
  return [...seen];
}

function namedFormats(texts: readonly string[]): readonly string[] {
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
  return ordered.flatMap((date) => withTimes(date, texts, named, 8));
}

/** Eight digits that are all dates, or seconds since 1970 in a column that is named like a time. */
function fromDigits(texts: readonly string[], header: string): DateGuess | null {
  if (texts.length < 3 || !texts.every((text) => /^\d{8,13}$/.test(text))) return null;
  const saysDate = /dat[eu]|day|tag\b|time|stamp|zeit|fecha|\bjour|datum|\bts\b|_at$|created/i.test(
    header,
  );
  const done = { ambiguous: false, zoned: false };
  if (texts.every(isCompactDate) && (saysDate || texts.length >= 50))
    return { ...done, formats: ['%Y%m%d'], reason: 'eight digits that are all dates' };
  if (!saysDate) return null;
  if (texts.every((text) => text.length >= 9 && text.length <= 10))
    return { ...done, formats: 'epoch-seconds', reason: 'seconds since 1970' };
  if (texts.every((text) => text.length >= 12))
    return { ...done, formats: 'epoch-ms', reason: 'milliseconds since 1970' };
  return null;
}

function isCompactDate(text: string): boolean {
  if (text.length !== 8) return false;
  const [year, month, day] = [text.slice(0, 4), text.slice(4, 6), text.slice(6)].map(Number);
  return year! >= 1900 && year! <= 2100 && month! >= 1 && month! <= 12 && day! >= 1 && day! <= 31;
}
