const months =
  'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december';
const time = String.raw`(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?\s?([AaPp][Mm])?)?`;
const zone = String.raw`(Z|\s?UTC|\s?[-+]\d{2}:?\d{2})?`;

export const iso = new RegExp(`^(\\d{4})-(\\d{1,2})-(\\d{1,2})${time}${zone}$`);
export const yearFirst = new RegExp(`^(\\d{4})([/.])(\\d{1,2})\\2(\\d{1,2})${time}$`);
export const yearLast = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4}|\\d{2})${time}$`);
/** English months as strptime reads them. */
export const named = new RegExp(
  `^(?:(\\d{1,2})([- ])(${months})\\2(\\d{4}|\\d{2})|(${months}) (\\d{1,2}),? (\\d{4}))${time}$`,
  'i',
);
export const eastern = new RegExp(`^(\\d{4})年(\\d{1,2})月(\\d{1,2})日${time}$`);
export const yearMonth = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** Where in a match the hour stands; minute, second, fraction and half of the day follow. */
export const hourAt = { iso: 4, yearFirst: 5, yearLast: 5, named: 8, eastern: 4 } as const;

/** A date format with the spellings of time that were seen behind it. `from`: the group of the hour. */
export function withTimes(
  date: string,
  texts: readonly string[],
  it: { readonly pattern: RegExp; readonly from: number },
): readonly string[] {
  const seen = new Set<string>();
  for (const text of texts) {
    const match = it.pattern.exec(text);
    if (!match) continue;
    const [hour, , second, fraction, half] = match.slice(it.from, it.from + 5);
    if (hour === undefined) seen.add(date);
    else {
      const gap = /T\d/.test(text) ? 'T' : text.includes(', ') ? ', ' : ' ';
      const clock = `${half ? '%I' : '%H'}:%M${second ? ':%S' : ''}${fraction ? '.%f' : ''}`;
      seen.add(`${date}${gap}${clock}${half ? (/\d[ap]m$/i.test(text) ? '%p' : ' %p') : ''}`);
    }
  }
  return [...seen];
}

/** Whether a day stands in the calendar's months. */
export const isDay = (month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= 31;

/** Eight digits that are a date: 20241231. */
export function isCompactDate(text: string): boolean {
  if (!/^\d{8}(\d{6})?$/.test(text)) return false;
  const year = Number(text.slice(0, 4));
  return year >= 1900 && year <= 2100 && isDay(Number(text.slice(4, 6)), Number(text.slice(6, 8)));
}
