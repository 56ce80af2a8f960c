import type { Marks } from './split.ts';

export const [OTHER, DELIMITER, LF, CR, QUOTE, SPACE, ESCAPE] = [0, 1, 2, 3, 4, 5, 6] as const;

/** What each byte means where a record is looked for. Marks are ASCII; bytes of other characters mean nothing. */
export function byteKinds({ delimiter, quote, escape }: Marks): Uint8Array {
  const kinds = new Uint8Array(256);
  kinds[10] = LF;
  kinds[13] = CR;
  if (delimiter !== ' ') kinds[32] = SPACE;
  if (escape !== '' && escape !== quote) kinds[escape.charCodeAt(0)] = ESCAPE;
  if (quote !== '') kinds[quote.charCodeAt(0)] = QUOTE;
  kinds[delimiter.charCodeAt(0)] = DELIMITER;
  return kinds;
}

/** Whether a byte inside quotes is a letter like any other. */
export const isInert = (kind: number): boolean =>
  kind === OTHER || kind === DELIMITER || kind === SPACE;
