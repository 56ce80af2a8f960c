import * as v from 'valibot';
import { encodings } from '../files/encodings.ts';
import { anchor, byHand, versionsOf } from './edits-schema.ts';
import { method } from './method-schema.ts';
import {
  count,
  day,
  fields,
  fileKey,
  letter,
  list,
  oneCharacter,
  optional,
  share,
  short,
  tableId,
  text,
  whole,
} from './schema-pieces.ts';
import { tables } from './tables-schema.ts';

const dialect = fields({
  encoding: optional(v.picklist(encodings.map(({ encoding }) => encoding))),
  delimiter: optional(v.pipe(v.string(), v.regex(/^[^\r\n\0]{1,8}$/u))),
  quote: optional(v.picklist(['"', "'", ''])),
  escape: optional(v.picklist(['"', "'", '\\', ''])),
  header: optional(v.boolean()),
  skip: optional(count),
  decimal: optional(v.picklist(['.', ','])),
  comment: optional(v.union([v.literal(''), oneCharacter])),
  footer: optional(count),
  repeats: optional(v.boolean()),
  starts: optional(v.pipe(list(count), v.maxLength(1000))),
});

const portion = fields({
  columns: optional(list(text)),
  where: optional(
    list(
      v.union([
        v.strictObject({ column: text, is: list(text) }),
        v.strictObject({ column: text, from: optional(day), to: optional(day) }),
      ]),
    ),
  ),
  sample: optional(
    v.strictObject({
      share,
      by: v.picklist(['customer', 'record']),
      column: optional(text),
      seed: whole(0, 2 ** 32 - 1),
    }),
  ),
});

const source = v.strictObject({
  id: tableId,
  files: v.pipe(list(fileKey), v.minLength(1)),
  part: list(text),
  dialect: optional(dialect),
  portion: optional(portion),
  mends: optional(list(v.strictObject({ line: count, text, was: text }))),
});

const axis = v.strictObject({ feature: text, scale: optional(v.picklist(['linear', 'log'])) });
const map = v.union([v.picklist(['pca', 'umap']), v.strictObject({ across: axis, up: axis })]);
const look = fields({
  colour: optional(text),
  size: optional(text),
  split: optional(v.union([v.literal('segments'), v.strictObject({ feature: text })])),
});

const features = fields({
  asOf: optional(day),
  on: optional(list(text)),
  condense: optional(v.boolean()),
});

const grouping = {
  k: v.nullable(whole(1, 10_000)),
  kMax: whole(1, 10_000),
  seed: whole(0, 2 ** 32 - 1),
  restarts: whole(1, 10_000),
  names: list(v.strictObject({ letter, name: short })),
  method: optional(method),
  map: optional(map),
  look: optional(look),
  anchor: optional(anchor),
  ...byHand,
};

/** `Settings` of types.ts, as they stand in a file that anybody may have written. */
export const settingsSchema = v.strictObject({
  files: v.strictObject({ sources: list(source) }),
  tables,
  features,
  segments: v.strictObject({
    ...grouping,
    views: optional(list(text, 1000)),
    versions: optional(versionsOf(features, v.strictObject(grouping))),
  }),
});
