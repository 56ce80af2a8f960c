import { dateFormats, type DateGuess } from './dates.ts';
import { numberStyle, styleWords } from './numbers.ts';
import { readerChoices } from './reader-choices.ts';
import { isGap, type Reader } from './reader.ts';
import type { Finding } from './types.ts';
import { isIdName } from './words.ts';
import { yesNoOf } from './yes-no.ts';

export type Inferred = { readonly reader: Reader; readonly findings: readonly Finding[] };

/**
 * What a column holds, from a sample of its cells: dates, yes-no, numbers, else text. Ids stay text: digits with leading zeros,
 * more digits than a number keeps, or a name that says so. At least 95 % of the cells that are not empty must agree.
 * `given`, where a person chose, wins, and nothing is left to be said.
 */
export function inferColumn(
  header: string,
  sample: readonly string[],
  decimal: '.' | ',',
  given?: Reader,
): Inferred {
  if (given) return { reader: given, findings: [] };
  const cells = sample.filter((cell) => !isGap(cell));
  const plain = (reader: Reader, findings: readonly Finding[] = []): Inferred => ({
    reader,
    findings,
  });
  if (cells.length === 0) return plain(asText(sample));
  const dates = dateFormats(cells, header, decimal);
  if (dates) {
    const { formats, months } = dates;
    const reader: Reader = { as: 'date', formats, ...(months ? { months } : {}) };
    return plain(reader, dateFindings({ header, cells, decimal }, dates));
  }
  const answers = yesNoOf(cells, header);
  if (answers) return plain(answers);
  if (cells.every((cell) => /^\s*\d+[.,]0+\s*$/.test(cell)) && isIdName(header))
    return plain({ ...asText(sample), pointZero: true }, [
      {
        code: 'id-with-point-zero',
        rows: 0,
        words: `“${header}” is written like ${cells[0]?.trim()}; read as the id ${cells[0]?.trim().replace(/[.,]0+$/, '')}.`,
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

function dateFindings(
  it: { readonly header: string; readonly cells: readonly string[]; readonly decimal: '.' | ',' },
  { ambiguous, reason, zoned, formats, months }: DateGuess,
): readonly Finding[] {
  const { header, cells, decimal } = it;
  const findings: Finding[] = [];
  if (ambiguous)
    findings.push({
      code: 'date-order',
      rows: 0,
      words: `“${header}”: ${reason}. Choose the other order if that is wrong.`,
      choices: readerChoices(header, cells, decimal).filter(
        ({ id }) => id === 'date-day-first' || id === 'date-month-first',
      ),
    });
  if (months)
    findings.push({ code: 'date-words', rows: 0, words: `“${header}” is read as ${reason}.` });
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
