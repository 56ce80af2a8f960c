import type { Count, OpenSource } from '../../../src/files/types.ts';

const letter = /[\p{L}\p{N}]/gu;

/** Letters and digits: what no delimiter, quote or escape is, so that their number survives any way of splitting. */
export const lettersIn = (text: string): number => text.match(letter)?.length ?? 0;

/** Those of all cells. */
export const lettersOf = (cells: readonly (readonly string[])[]): number =>
  cells.reduce((sum, row) => sum + row.reduce((of, cell) => of + lettersIn(cell), 0), 0);

/**
 * Whether every letter of the body is in a cell or in a record that was set aside: a second look at losses that knows nothing
 * of records. Null, or what is missing in words.
 */
export async function lostLetters(
  { body }: Pick<OpenSource, 'body'>,
  { cuts }: Pick<Count, 'cuts'>,
  inCells: number,
): Promise<string | null> {
  const inBody = lettersIn(await body.text());
  let inCuts = 0;
  for (let i = 0; i < cuts.length; i += 2)
    inCuts += lettersIn(await body.slice(cuts[i], cuts[i + 1]).text());
  return inBody === inCells + inCuts
    ? null
    : `${inBody} letters in the body, ${inCells} in cells, ${inCuts} set aside`;
}
