const LONGEST = 400;

/** Whether a cell is a number in some spelling: sign, thousands marks, decimal comma, exponent, currency, per cent. */
export function looksLikeNumber(cell: string): boolean {
  if (cell.length > 40) return false;
  return /^\s*[-+(]?\s*[€$£¥]?\s*[-+]?(\d[\d.,' \u00a0\u202f]*|[.,]\d+)(e[-+]?\d{1,3})?\s*[€$£¥%)]?\s*$/i.test(
    cell,
  );
}

/**
 * Whether a cell looks like something that stands alone in a table: empty, number, date, time, id, word, address, short text.
 * A cell that holds a delimiter other than the comma and is no sentence does not. Linear in the cell, which is capped.
 */
export function looksTyped(cell: string): boolean {
  const text = cell.trim();
  if (text === '' || looksSingle(text)) return true;
  if (text.length > LONGEST) return false;
  if (/^["']|["']$/.test(text)) return false;
  if (/^\S+@\S+$|^https?:\/\/\S+$/.test(text)) return true;
  if (/[;\t|\x01\x1f^~]/.test(text)) return false;
  return !/\S,\S/.test(text) && /^[\p{L}\p{N}(#&+]/u.test(text);
}

function looksSingle(text: string): boolean {
  if (text.length > 60) return false;
  return (
    /^[-+]?(\d+([.,]\d+)?|[.,]\d+)(e[-+]?\d{1,3})?$/i.test(text) ||
    /^[-+(]?[€$£¥]?-?\d{1,3}([., '\u00a0\u202f]\d{3})+([.,]\d+)?[€$£¥%)]?$/.test(text) ||
    /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s?([AP]M)?(Z|[-+]\d{2}:?\d{2})?)?$/i.test(
      text,
    ) ||
    /^[\p{L}\p{N}_.-]+$/u.test(text) ||
    /^\d{1,2}:\d{2}(:\d{2})?$/.test(text)
  );
}
