/** A second reader of CSV, by the letter of RFC 4180 and independent of what writes it: rows of cells as text. */
export function readCsv(text: string, delimiter: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  let fresh = true;
  const end = () => {
    rows.at(-1)?.push(cell);
    cell = '';
    fresh = true;
  };
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text.charAt(at + 1) === '"') ((cell += '"'), at++);
      else quoted = false;
    } else if (character === '"' && fresh) ((quoted = true), (fresh = false));
    else if (character === delimiter) end();
    else if (character === '\n' || character === '\r') {
      if (character === '\r' && text.charAt(at + 1) === '\n') at++;
      end();
      rows.push([]);
    } else ((cell += character), (fresh = false));
  }
  if (cell !== '' || (rows.at(-1)?.length ?? 0) > 0) end();
  return rows.filter((row) => row.length > 0);
}

/** Whether a spreadsheet would calculate the cell: it starts like a formula and is no number. */
export function isFormula(cell: string): boolean {
  const shown = cell.replace(/^[\s\0"\u200b-\u200f\u2060\ufeff]+/, '');
  return /^[=+\-@＝＋－＠]/.test(shown) && !/^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(shown);
}
