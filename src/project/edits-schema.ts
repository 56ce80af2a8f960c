import * as v from 'valibot';
import { MOST_NAMED } from '../segments/hands/edits.ts';
import { condition } from './method-schema.ts';

const text = v.pipe(v.string(), v.maxLength(100_000));
const short = v.pipe(v.string(), v.maxLength(400));
const prose = v.pipe(v.string(), v.maxLength(20_000));
const letter = v.pipe(v.string(), v.regex(/^[A-Z]{1,3}$/));
const list = <const T extends v.GenericSchema>(of: T, most: number) =>
  v.pipe(v.array(of), v.maxLength(most), v.readonly());
const whole = (low: number, high: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high));

/** Letters of witnesses (segments/anchor.ts). */
export const anchor = v.pipe(
  text,
  v.regex(/^(?:(?:[A-Z]{1,3}|-)\d{0,4}(?:;? |$))*(?:\/(?: [A-Z]{1,3})+)?$/),
);

const customers = list(text, MOST_NAMED);
const letters = v.pipe(list(letter, 1000), v.minLength(1));
const reason = prose;

/** `Edit` of segments/hands/edits.ts, as it stands in a file that anybody may have written. */
const edits = list(
  v.variant('kind', [
    v.strictObject({ kind: v.literal('merge'), letters, into: letter, reason }),
    v.strictObject({
      kind: v.literal('split'),
      letter,
      into: letters,
      where: v.nullable(list(condition, 1000)),
      reason,
    }),
    v.strictObject({ kind: v.literal('move'), customers, to: letter, reason }),
    v.strictObject({ kind: v.literal('exclude'), customers, reason }),
    v.strictObject({ kind: v.literal('dissolve'), letter, reason }),
    v.strictObject({ kind: v.literal('pin'), letter, customers, reason }),
  ]),
  1000,
);

/** `Remark` of segments/hands/remarks.ts. */
const remarks = list(
  v.strictObject({
    letter,
    colour: v.exactOptional(whole(0, 11)),
    note: v.exactOptional(prose),
    story: v.exactOptional(prose),
    approved: v.exactOptional(
      v.strictObject({
        by: short,
        on: v.pipe(v.string(), v.isoDate()),
        customers: whole(0, Number.MAX_SAFE_INTEGER),
        digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
      }),
    ),
  }),
  20_000,
);

/** What hands leave in `SegmentSettings`. */
export const byHand = {
  edits: v.exactOptional(edits),
  editedAnchor: v.exactOptional(anchor),
  remarks: v.exactOptional(remarks),
};
