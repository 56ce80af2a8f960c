import type { Dialect, TextDialect, Written } from './types.ts';

/** A text with the separators that it has in the file. */
export const asInFile = (text: string, { delimiter, written }: TextDialect): string =>
  isStandIn(written) ? text.replaceAll(delimiter, written.delimiter) : text;

/** A text of the file with the separators that it is read with. */
export const asRead = (text: string, { delimiter, written }: TextDialect): string =>
  isStandIn(written) ? text.replaceAll(written.delimiter, delimiter) : text;

/** Whether one character stands for a longer separator, in every place of the text. */
export const isStandIn = (written: Written | undefined): written is Written =>
  written !== undefined && written.starts === undefined;

/** How the file is spelled. */
export const asWritten = ({ written, ...dialect }: TextDialect): Dialect => ({
  ...dialect,
  ...written,
});
