import {
  eastern,
  isCompactDate,
  isDay,
  iso,
  named,
  yearFirst,
  yearLast,
  yearMonth,
} from './date-patterns.ts';
import {
  compactFormats,
  dateNumbers,
  easternFormats,
  isoWithTimes,
  namedFormats,
  wordedFormats,
  yearFirstFormats,
  yearLastFormats,
} from './dates.ts';
import { languageName, monthLanguages, monthNumbers, numbered } from './months.ts';
import { bestStyle, numberTest } from './numbers.ts';
import { isGap, type Reader, type ReaderChoice } from './reader.ts';
import { bestYesNo } from './yes-no.ts';

const LOOKED_AT = 2000;

/**
 * Every way in which some cells of a column can be read, those that read most first, plain text last of its equals: what a person
 * can choose from. The name of the column plays no part but for ids written like 17850.0. O(cells × ways).
 */
export function readerChoices(
  header: string,
  cells: readonly string[],
  decimal: '.' | ',',
): readonly ReaderChoice[] {
  const filled = cells.filter((cell) => !isGap(cell)).slice(0, LOOKED_AT);
  const texts = filled.map((cell) => cell.trim().slice(0, 60));
  const share = (is: (text: string) => boolean) =>
    texts.filter(is).length / Math.max(1, texts.length);
  const found = [
    ...dateChoices(texts, share),
    ...numberChoices(filled, decimal),
    ...yesNoChoices(filled),
  ].filter(({ fits }) => fits > 0);
  const pointZero = share((text) => /^\d+[.,]0+$/.test(text)) > 0.5;
  const padded = filled.filter((cell) => cell !== cell.trim()).length > filled.length / 2;
  const text = (id: string, label: string, it: { trim: boolean; pointZero: boolean }) =>
    ({ id, label, reader: { as: 'text', ...it }, fits: 1 }) satisfies ReaderChoice;
  return [
    ...found.sort((a, b) => b.fits - a.fits),
    ...(pointZero
      ? [
          text('text-point-zero', `Id without “.0” (${header || 'text'})`, {
            trim: true,
            pointZero,
          }),
        ]
      : []),
    text('text', 'Text', { trim: padded, pointZero: false }),
  ].sort((a, b) => b.fits - a.fits); // stable: text stays behind what fits as well
}

function dateChoices(
  texts: readonly string[],
  share: (is: (text: string) => boolean) => number,
): readonly ReaderChoice[] {
  const date = (
    id: string,
    label: string,
    it: Omit<Extract<Reader, { as: 'date' }>, 'as'> & { readonly fits: number },
  ): ReaderChoice => {
    const { fits, ...how } = it;
    return { id, label: `Date, ${label}`, reader: { as: 'date', ...how }, fits };
  };
  const inOrder = (pattern: RegExp, month: number, day: number) =>
    share((text) => {
      const match = pattern.exec(text);
      return match !== null && isDay(Number(match[month]), Number(match[day]));
    });
  const plainIso = texts.every((text) => !/[ap]m$/i.test(text));
  return [
    date('date-iso', 'year first (2024-12-31)', {
      formats: plainIso ? 'iso' : isoWithTimes(texts),
      fits: inOrder(iso, 2, 3),
    }),
    date('date-day-first', 'day first (31/12/2024)', {
      formats: yearLastFormats(texts, true),
      fits: inOrder(yearLast, 3, 1),
    }),
    date('date-month-first', 'month first (12/31/2024)', {
      formats: yearLastFormats(texts, false),
      fits: inOrder(yearLast, 1, 3),
    }),
    date('date-year-first', 'year first (2024/12/31)', {
      formats: yearFirstFormats(texts),
      fits: inOrder(yearFirst, 3, 4),
    }),
    date('date-named', 'month in words (31-Dec-2024)', {
      formats: namedFormats(texts),
      fits: share((text) => named.test(text)),
    }),
    date('date-eastern', '2024年12月31日', {
      formats: easternFormats(texts),
      fits: inOrder(eastern, 2, 3),
    }),
    date('date-month', 'year and month (2024-12)', {
      formats: ['%Y-%m'],
      fits: share((text) => yearMonth.test(text)),
    }),
    date('date-compact', 'digits (20241231)', {
      formats: compactFormats(texts),
      fits: share(isCompactDate),
    }),
    ...dateNumbers.map(({ formats, words, is }) =>
      date(formats, words, { formats, fits: share(is) }),
    ),
    ...monthLanguages.map((months) => {
      const words = monthNumbers(months);
      const fits = share((text) => numbered(text, words) !== null);
      const label = `month in ${languageName[months]} words`;
      return date(`date-words-${months}`, label, { formats: wordedFormats(texts), months, fits });
    }),
  ];
}

function numberChoices(cells: readonly string[], decimal: '.' | ','): readonly ReaderChoice[] {
  const points = decimal === '.' ? (['.', ','] as const) : ([',', '.'] as const);
  return points.map((point) => {
    const style = bestStyle(cells, point);
    const test = numberTest(style);
    const fits =
      cells.filter((cell) => cell.length <= 60 && test.test(cell)).length /
      Math.max(1, cells.length);
    const example = point === '.' ? `1,234.5` : `1.234,5`;
    const shown = style.thousands === '' ? example.replace(/[.,](?=2)/, '') : example;
    return {
      id: point === '.' ? 'number-point' : 'number-comma',
      label: `Number, decimal ${point === '.' ? 'point' : 'comma'} (${shown})`,
      reader: { as: 'number', style },
      fits,
    };
  });
}

function yesNoChoices(cells: readonly string[]): readonly ReaderChoice[] {
  const best = bestYesNo(cells);
  if (!best) return [];
  const { yes, no } = best.reader;
  return [{ id: 'yes-no', label: `Yes or no (${yes[0]}, ${no[0]})`, ...best }];
}
