import * as v from 'valibot';
import { monthLanguages } from '../tables/months.ts';
import { roles as allRoles } from '../tables/types.ts';
import {
  bound,
  fields,
  list,
  optional,
  share,
  short,
  tableId,
  text,
  whole,
} from './schema-pieces.ts';

const role = v.picklist(allRoles);
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

/** `TableSettings`: what tables are, how they are read, mended and joined, and who is who in them. */
export const tables = fields({
  kind: optional(v.picklist(['orders', 'customers'])),
  roles: optional(roles),
  readers: optional(list(v.strictObject({ table: tableId, column: text, reader }))),
  fixes: optional(list(v.strictObject({ table: tableId, fixes: list(fix) }))),
  many: optional(many),
  people: optional(people),
});
