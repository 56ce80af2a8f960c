import { textCell } from '../../lib/csv-cell.ts';
import type { Answer } from './answers/types.ts';

const LINE_END = '\r\n'; // RFC 4180
const numberCell = (value: number | null | undefined): string =>
  value === null || value === undefined || !Number.isFinite(value) ? '' : String(value);

/** The rows of an answer with every figure and its interval; of an answer without rows its customers. Texts cannot become formulas. */
export function answerCsv(answer: Answer, customers: readonly string[]): string {
  const lines =
    answer.rows.length > 0
      ? [
          [
            'of',
            'customers',
            ...answer.heads.flatMap((head) => [head, `${head} (low)`, `${head} (high)`]),
          ],
          ...answer.rows.map(({ label, customers: size, figures }) => [
            label,
            String(size),
            ...figures.flatMap((it) => [
              numberCell(it?.value),
              numberCell(it?.low),
              numberCell(it?.high),
            ]),
          ]),
        ]
      : [
          ['customer', ...answer.columns.map(({ label }) => label)],
          ...Array.from(answer.order, (row) => [
            customers[row] ?? '',
            ...answer.columns.map(({ values }) => numberCell(values[row])),
          ]),
        ];
  // numbers may begin with a minus, which is no formula
  const cell = (text: string) => (/^-?[\d.e+-]+$/.test(text) ? text : textCell(text, 'safe'));
  return `\ufeff${lines.map((line) => line.map(cell).join(',') + LINE_END).join('')}`;
}
