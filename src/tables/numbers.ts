import type { NumberStyle } from './reader.ts';

const digits = String.raw`(?:\d+)`;
const groups: Record<NumberStyle['thousands'], string> = {
  '': '',
  ',': ',',
  '.': '[.]',
  ' ': String.raw`[ \x{00A0}\x{2009}\x{202F}]`,
  "'": String.raw`['\x{2019}]`,
};

/**
 * The one pattern of a style, in the syntax that RE2 and (with /u) JavaScript share once \x{…} is rewritten.
 * Linear: no nested repetition that overlaps.
 */
export function numberPattern({ decimal, thousands, mark, bookkeeping }: NumberStyle): string {
  const point = `[${decimal}]`;
  const group = groups[thousands];
  const indian = thousands === ',' ? '|\\d{1,2}(?:,\\d{2})+,\\d{3}' : ''; // lakh and crore: 12,34,567
  const whole = group === '' ? digits : `(?:\\d{1,3}(?:${group}\\d{3})+${indian}|\\d+)`;
  const body = `(?:${whole}(?:${point}\\d*)?|${point}\\d+)(?:[eE][-+]?\\d{1,3})?`;
  const sign = mark === '' ? '' : `(?:${escapePattern(mark)})?`;
  const signed = mark === '' ? `[-+]?${body}` : `[-+]?\\s*${sign}\\s*[-+]?${body}\\s*${sign}`;
  if (!bookkeeping) return `\\s*${signed}\\s*`;
  return `\\s*(?:${signed}|\\(\\s*${sign}\\s*${body}\\s*${sign}\\s*\\)|${sign}\\s*${body}\\s*-|−\\s*${sign}\\s*${body}\\s*${sign})\\s*`;
}

const escapePattern = (text: string): string => text.replace(/[$.*+?^(){}|[\]\\]/g, '\\$&');

/** The pattern of a style as JavaScript's, anchored. */
export function numberTest(style: NumberStyle): RegExp {
  const source = numberPattern(style).replace(/\\x\{([0-9A-F]{4})\}/g, '\\u{$1}');
  return new RegExp(`^${source}$`, 'u');
}

/** The number that a cell of this style spells, or null. */
export function parseNumber(
  cell: string,
  style: NumberStyle,
  test = numberTest(style),
): number | null {
  if (cell.length > 60 || !test.test(cell)) return null;
  const { decimal, thousands, mark } = style;
  let text = cell.replaceAll('−', '-');
  if (mark !== '') text = text.replaceAll(mark, '');
  if (thousands === ' ') text = text.replace(/[ \u00a0\u2009\u202f]/g, '');
  else if (thousands === "'") text = text.replace(/['’]/g, '');
  else if (thousands !== '') text = text.replaceAll(thousands, '');
  if (decimal === ',') text = text.replace(',', '.');
  const minus = /[-(]/.test(text.replace(/e[-+]?\d+/i, ''));
  const value = Number(
    text
      .replace(/[()\s]/g, '')
      .replace(/^[-+]+/, '')
      .replace(/-$/, ''),
  );
  if (!Number.isFinite(value)) return null;
  return minus ? -value : value;
}

const styles: readonly Omit<NumberStyle, 'mark' | 'bookkeeping'>[] = [
  { decimal: '.', thousands: '' },
  { decimal: ',', thousands: '' },
  { decimal: '.', thousands: ',' },
  { decimal: ',', thousands: '.' },
  { decimal: '.', thousands: ' ' },
  { decimal: ',', thousands: ' ' },
  { decimal: '.', thousands: "'" },
  { decimal: ',', thousands: "'" },
];
/** Later ones win: “R$” before “$”. */
const marks = (
  '€ $ £ ¥ ₹ ₽ ₺ ₪ ₩ ₫ ฿ ₴ ₦ 元 円 zł kr kr. Kč Ft lei лв руб. руб Fr. CHF EUR USD GBP JPY CNY INR BRL MXN AUD CAD NZD ' +
  'PLN CZK HUF RON BGN SEK NOK DKK TRY RUB ZAR SGD HKD KRW R$ A$ C$ S$ US$ HK$ NZ$ %'
).split(' ');

/** Words for a number that is none: counted as unreadable, not taken as a sign that a column is text. */
export const isNotFinite = (cell: string): boolean =>
  /^\s*[-+]?(nan|inf|infinity|#div\/0!|#num!|#value!)\s*$/i.test(cell);

/**
 * The style in which most of the cells are numbers, and their share; null where under 95 % are.
 * Of styles that read as many, the one with the file's decimal mark and without thousands marks.
 */
export function numberStyle(
  cells: readonly string[],
  decimal: '.' | ',',
): { readonly style: NumberStyle; readonly share: number } | null {
  const other = decimal === '.' ? ',' : '.';
  const judged = [decimal, other].map((point) => {
    const style = bestStyle(cells, point === ',' ? ',' : '.');
    return { style, share: shareOf(cells, style) };
  });
  const best = judged.reduce((a, b) => (b.share > a.share ? b : a));
  return best.share >= 0.95 && cells.some((cell) => !isNotFinite(cell)) ? best : null;
}

/** Of the styles with this decimal mark the one that reads most cells, without thousands marks where that reads as many. */
export function bestStyle(cells: readonly string[], decimal: '.' | ','): NumberStyle {
  const few = cells.slice(0, 100); // a mark that every number carries shows in these
  const mark =
    marks.findLast((sign) => few.filter((cell) => cell.includes(sign)).length > few.length / 2) ??
    '';
  const bookkeeping = cells.some(
    (cell) => cell.length <= 60 && /^\s*\(.*\)\s*$|\d\s*-\s*$|−/.test(cell),
  );
  let best: NumberStyle = { decimal, thousands: '', mark, bookkeeping };
  let most = -1;
  for (const { decimal: point, thousands } of styles) {
    if (point !== decimal) continue;
    const style: NumberStyle = { decimal, thousands, mark, bookkeeping };
    const share = shareOf(cells, style);
    if (share > most) [best, most] = [style, share];
    if (share === 1) break;
  }
  return best;
}

function shareOf(cells: readonly string[], style: NumberStyle): number {
  const test = numberTest(style);
  let matched = 0;
  for (const cell of cells)
    if (cell.length <= 60 && (test.test(cell) || isNotFinite(cell))) matched++;
  return matched / Math.max(1, cells.length);
}

/** A style in words, or null for plain numbers with a point. */
export function styleWords({ decimal, thousands, mark }: NumberStyle): string | null {
  const parts = [
    ...(decimal === ',' ? ['a decimal comma'] : []),
    ...(thousands === '' ? [] : [`thousands marks (${thousands === ' ' ? 'spaces' : thousands})`]),
    ...(mark === '' ? [] : [`the sign ${mark}`]),
  ];
  return parts.length === 0 ? null : parts.join(' and ');
}
