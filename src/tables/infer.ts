import { dateFormats } from './dates.ts';
import { numberStyle, styleWords } from './numbers.ts';
import { isGap, type Reader } from './reader.ts';
import type { Finding } from './types.ts';
import { isIdName } from './words.ts';

export type Inferred = { readonly reader: Reader; readonly findings: readonly Finding[] };

const yesNo: readonly (readonly [yes: readonly string[], no: readonly string[]])[] = [
  [
    ['yes', 'y'],
    ['no', 'n'],
  ],
  [
    ['true', 't'],
    ['false', 'f'],
  ],
  [
    ['ja', 'j'],
    ['nein', 'n'],
  ],
  [
    ['oui', 'o'],
    ['non', 'n'],
  ],
  [
    ['si', 'sí', 's'],
    ['no', 'n'],
  ],
  [
    ['sim', 's'],
    ['não', 'nao', 'n'],
  ],
];

/**
 * What a column holds, from a sample of its cells: dates, yes-no, numbers, else text. Ids stay text: digits with leading zeros,
 * more digits than a number keeps, or a name that says so. At least 95 % of the cells that are not empty must agree.
 */
export function inferColumn(
  header: string,
  sample: readonly string[],
  decimal: '.' | ',',
): Inferred {
  const cells = sample.filter((cell) => !isGap(cell));
  const plain = (reader: Reader, findings: readonly Finding[] = []): Inferred => ({
    reader,
    findings,
  });
  if (cells.length === 0) return plain(asText(sample));
  const dates = dateFormats(cells, header, decimal);
  if (dates) return plain({ as: 'date', formats: dates.formats }, dateFindings(header, dates));
  const answers = yesNoOf(cells);
  if (answers) return plain(answers);
  if (cells.every((cell) => /^\d+\.0$/.test(cell)) && isIdName(header))
    return plain({ ...asText(sample), pointZero: true }, [
      {
        code: 'id-with-point-zero',
        rows: 0,
        words: `“${header}” is written like ${cells[0]}; read as the id ${cells[0]?.slice(0, -2)}.`,
      },
    ]);
  if (isId(header, cells)) return plain(asText(sample));
  const number = numberStyle(cells, decimal);
  if (!number) return plain(asText(sample));
  const words = styleWords(number.style);
  const findings: Finding[] = words
    ? [{ code: 'number-style', rows: 0, words: `“${header}” is read with ${words}.` }]
    : [];
  return plain({ as: 'number', style: number.style }, findings);
}

function isId(header: string, cells: readonly string[]): boolean {
  const whole = cells.filter((cell) => /^\s*\d+\s*$/.test(cell)).map((cell) => cell.trim());
  if (whole.length < 0.95 * cells.length) return false;
  return (
    isIdName(header) ||
    whole.some((text) => text.length > 15 || (text.length > 1 && text[0] === '0'))
  );
}

/** Spaces around are taken off where most cells have them: they are how the file is written, not what it says. */
function asText(sample: readonly string[]): Extract<Reader, { as: 'text' }> {
  const filled = sample.filter((cell) => cell !== '');
  const padded = filled.filter((cell) => cell !== cell.trim());
  return { as: 'text', trim: padded.length > filled.length / 2, pointZero: false };
}

function yesNoOf(cells: readonly string[]): Reader | null {
  const seen = new Set<string>();
  for (const cell of cells) {
    seen.add(cell.trim().toLowerCase());
    if (seen.size > 4) return null;
  }
  for (const [yes, no] of yesNo) {
    const said = [...seen];
    if (!said.every((word) => yes.includes(word) || no.includes(word))) continue;
    if (said.some((word) => word.length > 1) || seen.size > 1) return { as: 'yes-no', yes, no };
  }
  return null;
}

function dateFindings(
  header: string,
  { ambiguous, reason, zoned, formats }: NonNullable<ReturnType<typeof dateFormats>>,
): readonly Finding[] {
  const findings: Finding[] = [];
  if (ambiguous)
    findings.push({ code: 'date-ambiguous', rows: 0, words: `“${header}”: ${reason}.` });
  if (typeof formats === 'string' && formats !== 'iso')
    findings.push({ code: 'date-epoch', rows: 0, words: `“${header}” is read as ${reason}.` });
  if (zoned)
    findings.push({
      code: 'date-zone',
      rows: 0,
      words: `“${header}” names time zones; dates are kept as the clock showed them there.`,
    });
  return findings;
}
