import type { BadReason, BadRecord, UnreadReason } from './tally.ts';

/** Stands before a record that could not be read when the text was made, as it stood in the file: what no cell begins with, so that nothing reads it as cells. */
export const UNREAD = '""!';

export const isUnread = (reason: BadReason): reason is UnreadReason =>
  reason === 'bad-json' || reason === 'misaligned';

/** The byte at which the text of a record that cannot be read begins: behind the mark where it has one. */
export const textFrom = ({ reason, from }: Pick<BadRecord, 'reason' | 'from'>): number =>
  isUnread(reason) ? from + UNREAD.length : from;
