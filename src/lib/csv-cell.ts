/**
 * How text is written. `safe`: no cell can become a formula in a spreadsheet. `exact`: every text as it is, for machines.
 */
export type TextMode = 'safe' | 'exact';

/** What makes a spreadsheet calculate (OWASP CSV injection, ASVS 1.2.10), with the full-width forms some of them also take. */
const triggers = '=+-@＝＋－＠';
const control = '\t\r\n\0';
/** A reader that splits at other characters than ours starts a new cell after these. */
const separators = ';|\t\r\n\0';
/** Skipped by a spreadsheet, or by an eye, before the first character that counts. */
const skipped = /[\s"\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/;
const suspicious = /[=+\-@＝＋－＠]|^[\t\r\n\0]/;

/** A text with a `'` before whatever a spreadsheet would take for the start of a formula, in one pass over it. */
export function disarm(text: string): string {
  if (!suspicious.test(text)) return text;
  let safe = control.includes(text.charAt(0)) ? "'" : '';
  let armed = true; // at the start of what some reader may take for a cell
  for (const character of text) {
    if (armed && triggers.includes(character)) safe += "'";
    safe += character;
    armed = separators.includes(character) || (armed && skipped.test(character));
  }
  return safe;
}

/** One text cell: quoted where it needs to be, quotes doubled (RFC 4180). */
export function textCell(text: string, mode: TextMode): string {
  const shown = mode === 'safe' ? disarm(text) : text;
  const plain = shown !== '' && !/[",;|\t\r\n\0]|^\s|\s$/.test(shown);
  return plain ? shown : `"${shown.replaceAll('"', '""')}"`;
}
