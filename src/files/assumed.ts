import { encodings } from './encodings.ts';
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
] as const;

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
