import * as v from 'valibot';
import { list, short, text, whole } from './schema-pieces.ts';

const MOST = 1_000;

const finite = v.pipe(v.number(), v.finite());
const positive = v.pipe(finite, v.minValue(0));
const few = <const T extends v.GenericSchema>(of: T) => list(of, MOST);
const k = v.nullable(whole(1, 10_000));
const neighbours = whole(1, 10_000);

const scores = v.pipe(v.tuple([whole(1, 100), whole(1, 100)]), v.readonly());
const cell = v.strictObject({
  name: short,
  recency: scores,
  frequency: scores,
  monetary: scores,
});

export const condition = v.variant('is', [
  v.strictObject({ feature: text, is: v.picklist(['at-least', 'at-most']), value: finite }),
  v.strictObject({ feature: text, is: v.literal('between'), low: finite, high: finite }),
  v.strictObject({ feature: text, is: v.picklist(['one-of', 'none-of']), values: few(text) }),
]);
const rule = v.strictObject({
  name: short,
  when: v.union([
    v.strictObject({ all: few(condition) }),
    v.strictObject({ any: few(condition) }),
    v.strictObject({ sql: text }),
  ]),
});

const layer = v.strictObject({ name: short, features: few(text), k });

/** `MethodChoice` of segments/partition.ts, as it stands in a file that anybody may have written. */
export const method = v.variant('kind', [
  v.strictObject({ kind: v.literal('kmeans') }),
  v.strictObject({ kind: v.literal('bisecting'), k, smallest: k }),
  v.strictObject({ kind: v.literal('dbscan'), radius: v.nullable(positive), neighbours }),
  v.strictObject({
    kind: v.literal('hdbscan'),
    smallest: k,
    neighbours: v.nullable(neighbours),
    pick: v.picklist(['excess-of-mass', 'leaves']),
  }),
  v.strictObject({
    kind: v.literal('mixture'),
    k,
    shape: v.picklist(['full', 'tied', 'diagonal', 'spherical']),
  }),
  v.strictObject({ kind: v.literal('genie'), k, evenness: positive }),
  v.strictObject({ kind: v.literal('nmf'), k }),
  v.strictObject({ kind: v.literal('prototypes'), k, weight: v.nullable(positive) }),
  v.strictObject({
    kind: v.literal('rfm'),
    bands: whole(2, 100),
    grid: v.nullable(few(cell)),
  }),
  v.strictObject({ kind: v.literal('rules'), rules: few(rule) }),
  v.strictObject({ kind: v.literal('layers'), layers: few(layer) }),
]);
