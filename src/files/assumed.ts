import { encodings } from './encodings.ts';
import { RUNS } from './runs.ts';
import type { Dialect } from './types.ts';

/** A choice among words about how a file is written; each option says what it changes. */
export type Choice = {
  readonly id: string;
  readonly label: string;
  readonly now: string;
  readonly options: readonly {
    readonly value: string;
    readonly words: string;
    readonly change: Partial<Dialect>;
  }[];
};

/** Separators that are offered by name. */
export const delimiters = [
  [',', ', comma'],
  [';', '; semicolon'],
  ['\t', 'tab'],
  ['|', '| bar'],
  [':', ': colon'],
  ['~', '~ tilde'],
  [' ', 'space'],
  ['||', '|| two bars'],
  ['::', ':: two colons'],
  [RUNS, 'runs of spaces'],
] as const;

/** Columns that stand at fixed places, as a person reads and types them: counted from 1. */
export const placesText = (starts: readonly number[] = []): string =>
  starts.map((start) => start + 1).join(', ');

/** The places that were typed, counted from 0; null where the text is no list of ascending numbers. */
export function placesOf(text: string): readonly number[] | null {
  const places = text
    .trim()
    .split(/[\s,;]+/)
    .map((word) => Number(word) - 1);
  const ascend = places.every(
    (place, i) =>
      Number.isInteger(place) && place >= 0 && place < 100_000 && place > (places[i - 1] ?? -1),
  );
  return ascend && places.length > 1 && places.length <= 1000 ? places : null;
}

/** What can be chosen from a list, with what is so now. */
export const choicesFor = (d: Dialect): readonly Choice[] => [
  {
    id: 'encoding',
    label: 'Encoding',
    now: d.encoding,
    options: encodings.map(({ encoding, name }) => ({
      value: encoding,
      words: name,
      change: { encoding },
    })),
  },
  {
    id: 'quote',
    label: 'Quotes',
    now: d.quote === '' ? 'none' : `${d.quote}${d.escape === '\\' ? '\\' : ''}`,
    options: [
      { value: '"', words: '" doubled inside', change: { quote: '"', escape: '"' } },
      { value: '"\\', words: '" after \\ inside', change: { quote: '"', escape: '\\' } },
      { value: "'", words: "' doubled inside", change: { quote: "'", escape: "'" } },
      { value: "'\\", words: "' after \\ inside", change: { quote: "'", escape: '\\' } },
      { value: 'none', words: 'none', change: { quote: '', escape: '' } },
    ],
  },
  {
    id: 'decimal',
    label: 'Decimal mark',
    now: d.decimal,
    options: [
      { value: '.', words: '. point', change: { decimal: '.' } },
      { value: ',', words: ', comma', change: { decimal: ',' } },
    ],
  },
  {
    id: 'header',
    label: 'First row',
    now: d.header ? 'names' : 'data',
    options: [
      { value: 'names', words: 'Column names', change: { header: true } },
      { value: 'data', words: 'Already data', change: { header: false } },
    ],
  },
  {
    id: 'repeats',
    label: 'Names again',
    now: d.repeats ? 'aside' : 'data',
    options: [
      { value: 'aside', words: 'Set aside', change: { repeats: true } },
      { value: 'data', words: 'None, or data', change: { repeats: false } },
    ],
  },
];
