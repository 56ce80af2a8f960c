import * as v from 'valibot';
import { MOST_NAMED } from '../segments/hands/edits.ts';
import { MOST_LABELS, MOST_VERSIONS } from '../segments/hands/versions.ts';
import { condition } from './method-schema.ts';
import { letter, list, short, text, whole } from './schema-pieces.ts';

const prose = v.pipe(v.string(), v.maxLength(20_000));

/** Letters of witnesses (segments/anchor.ts). */
export const anchor = v.pipe(
  text,
  v.regex(/^(?:(?:[A-Z]{1,3}|-)\d{0,4}(?:;? |$))*(?:\/(?: [A-Z]{1,3})+)?$/),
);

const customers = list(text, MOST_NAMED);
const letters = v.pipe(list(letter, 1000), v.minLength(1));
const reason = prose;
const digest = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/));

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
    v.strictObject({
      kind: v.literal('rule'),
      letter,
      anyOf: list(list(condition, 1000), 1000),
      reason,
    }),
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
        digest,
      }),
    ),
  }),
  20_000,
);

const packed = v.pipe(v.string(), v.maxLength(MOST_LABELS), v.regex(/^[\w-]*$/));

/** `Version` of segments/hands/versions.ts, which holds settings of features and segments itself. */
export const versionsOf = <F extends v.GenericSchema, S extends v.GenericSchema>(
  features: F,
  settings: S,
) =>
  list(
    v.strictObject({
      name: short,
      on: v.pipe(v.string(), v.isoDate()),
      features,
      settings,
      segments: list(
        v.strictObject({
          letter: v.union([v.literal(''), letter]),
          name: short,
          colour: whole(-1, 20_000),
          size: whole(0, Number.MAX_SAFE_INTEGER),
          rest: v.boolean(),
        }),
        20_000,
      ),
      customers: whole(0, 100_000_000),
      ids: digest,
      labels: packed,
      order: v.exactOptional(v.literal('hash')),
      who: v.exactOptional(packed),
    }),
    MOST_VERSIONS,
  );

/** What hands leave in `SegmentSettings`. */
export const byHand = {
  edits: v.exactOptional(edits),
  editedAnchor: v.exactOptional(anchor),
  remarks: v.exactOptional(remarks),
};
