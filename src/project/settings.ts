import * as v from 'valibot';
import { encodings } from '../files/encodings.ts';
import { monthLanguages } from '../tables/months.ts';
import { anchor, byHand, versionsOf } from './edits-schema.ts';
import { method } from './method-schema.ts';

const MAX_ITEMS = 100_000;

/** Pieces of the schema that recipes and settings share. */
export const text = v.pipe(v.string(), v.maxLength(100_000));
export const short = v.pipe(v.string(), v.maxLength(400));
export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const fileKey = v.pipe(v.string(), v.regex(/^f\d{1,6}$/));
export const letter = v.pipe(v.string(), v.regex(/^[A-Z]{1,3}$/));
export const list = <const T extends v.GenericSchema>(of: T) =>
  v.pipe(v.array(of), v.maxLength(MAX_ITEMS), v.readonly());

const optional = v.exactOptional;
/** Of an object whose fields may all be absent: valibot would take a list for one. */
const fields = <const T extends v.ObjectEntries>(entries: T) =>
  v.pipe(
    v.unknown(),
    v.check((value) => !Array.isArray(value), 'a list'),
    v.strictObject(entries),
  );
const whole = (low: number, high: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const day = v.pipe(v.string(), v.isoDate(), v.check(isRealDay, 'no such day'));
const oneCharacter = v.pipe(v.string(), v.regex(/^[^\r\n\0]$/u));
const tableId = v.pipe(v.string(), v.regex(/^t\d{1,6}$/));
const bound = v.union([v.pipe(v.number(), v.finite()), short]);

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

const role = v.picklist([
  'customer',
  'order',
  'date',
  'amount',
  'quantity',
  'price',
  'discount',
  'product',
  'category',
  'channel',
  'place',
  'feature',
  'outcome',
  'email',
  'phone',
  'person-name',
  'birth-date',
  'address',
  'campaign',
  'coupon',
  'event',
  'rating',
  'comment',
  'image',
  'line',
  'left-out',
]);
const roles = list(v.strictObject({ column: text, role }));

const reader = v.variant('as', [
  v.strictObject({ as: v.literal('text'), trim: v.boolean(), pointZero: v.boolean() }),
  v.strictObject({
    as: v.literal('number'),
    style: v.strictObject({
      decimal: v.picklist(['.', ',']),
      thousands: v.picklist(['', ',', '.', ' ', "'"]),
      mark: short,
      bookkeeping: v.boolean(),
    }),
  }),
  v.strictObject({
    as: v.literal('date'),
    formats: v.union([
      v.picklist(['iso', 'epoch-seconds', 'epoch-ms', 'epoch-us', 'excel-serial']),
      list(short),
    ]),
    months: optional(v.picklist(monthLanguages)),
  }),
  v.strictObject({ as: v.literal('yes-no'), yes: list(short), no: list(short) }),
]);

const column = text;
const along = { along: v.nullable(text), from: v.nullable(bound), until: v.nullable(bound) };
const range = { low: v.nullable(bound), high: v.nullable(bound) };
const fix = v.variant('kind', [
  v.strictObject({ kind: v.literal('to-gap'), column, values: list(text) }),
  v.strictObject({ kind: v.literal('to-gap-outside'), column, ...range }),
  v.strictObject({ kind: v.literal('clip'), column, ...range }),
  v.strictObject({ kind: v.literal('merge-values'), column, from: list(text), to: text }),
  v.strictObject({
    kind: v.literal('drop-duplicates'),
    by: v.union([v.literal('all'), list(text)]),
  }),
  v.strictObject({
    kind: v.literal('scale'),
    column,
    factor: v.pipe(v.number(), v.finite()),
    ...along,
  }),
  v.strictObject({ kind: v.literal('leave-out'), column }),
  v.strictObject({
    kind: v.literal('fill'),
    column,
    with: v.picklist(['median', 'mode', 'value']),
    value: v.nullable(text),
  }),
  v.strictObject({
    kind: v.literal('trim-case'),
    column,
    letters: v.picklist(['as-they-are', 'lower', 'upper']),
  }),
]);

const key = v.strictObject({ table: tableId, columns: v.pipe(list(text), v.minLength(1)) });
const sourceKind = v.picklist([
  'customers',
  'transactions',
  'order-lines',
  'payments',
  'events',
  'campaigns',
  'contacts',
  'redemptions',
  'reviews',
  'products',
  'images',
  'lookup',
  'other',
]);
const many = fields({
  tables: optional(
    list(v.strictObject({ id: tableId, kind: optional(sourceKind), roles: optional(roles) })),
  ),
  joins: optional(
    list(
      v.strictObject({
        left: key,
        right: key,
        use: v.boolean(),
        folded: optional(v.boolean()),
      }),
    ),
  ),
  spine: optional(tableId),
});

const axis = v.strictObject({ feature: text, scale: optional(v.picklist(['linear', 'log'])) });
const map = v.union([v.picklist(['pca', 'umap']), v.strictObject({ across: axis, up: axis })]);
const look = fields({
  colour: optional(text),
  size: optional(text),
  split: optional(v.union([v.literal('segments'), v.strictObject({ feature: text })])),
});

const pairs = list(v.pipe(v.tuple([text, text]), v.readonly()));
const people = v.pipe(
  v.strictObject({
    fields: list(
      v.strictObject({
        table: tableId,
        column: text,
        as: v.picklist([
          'email',
          'phone',
          'given-name',
          'family-name',
          'full-name',
          'birth-date',
          'street',
          'postcode',
          'city',
          'address',
        ]),
      }),
    ),
    link: share,
    review: share,
    country: short,
    sameMailbox: v.boolean(),
    seed: whole(0, 2 ** 32 - 1),
    accepted: pairs,
    refused: pairs,
  }),
  v.check(({ review, link }) => review <= link, 'review is above link'),
);

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
  tables: fields({
    kind: optional(v.picklist(['orders', 'customers'])),
    roles: optional(roles),
    readers: optional(list(v.strictObject({ table: tableId, column: text, reader }))),
    fixes: optional(list(v.strictObject({ table: tableId, fixes: list(fix) }))),
    many: optional(many),
    people: optional(people),
  }),
  features,
  segments: v.strictObject({
    ...grouping,
    versions: optional(versionsOf(features, v.strictObject(grouping))),
  }),
});

function isRealDay(iso: string): boolean {
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
}
