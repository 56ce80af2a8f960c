import type { BadRecord } from './passage.ts';

/** Stands before a record that was no JSON, as it stood in the file: what no cell begins with, so that nothing reads it as cells. */
export const UNREAD = '""!';

/** The byte at which the text of a record that cannot be read begins: behind the mark where it was JSON. */
export const textFrom = ({ reason, from }: Pick<BadRecord, 'reason' | 'from'>): number =>
  reason === 'bad-json' ? from + UNREAD.length : from;
