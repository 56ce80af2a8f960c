import * as v from 'valibot';
import { TesseraError } from '../lib/errors.ts';
import { migrate, migrations } from './migrations.ts';

const MAX_CHARACTERS = 16_000_000;
const MAX_ITEMS = 100_000;
const MAX_DEPTH = 12;

const text = v.pipe(v.string(), v.maxLength(100_000));
const short = v.pipe(v.string(), v.maxLength(400));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const whole = (low: number, high: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high));
const list = <const T extends v.GenericSchema>(of: T) =>
  v.pipe(v.array(of), v.maxLength(MAX_ITEMS), v.readonly());
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const letter = v.pipe(v.string(), v.regex(/^[A-Z]{1,3}$/));
const day = v.pipe(v.string(), v.isoDate(), v.check(isRealDay, 'no such day'));
const oneCharacter = v.pipe(v.string(), v.regex(/^[^\r\n\0]$/u));

const dialect = v.strictObject({
  encoding: v.picklist(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']),
  delimiter: oneCharacter,
  quote: v.picklist(['"', "'", '']),
  escape: v.picklist(['"', "'", '\\', '']),
  header: v.boolean(),
  skip: count,
  decimal: v.picklist(['.', ',']),
});

const kind = v.picklist(['orders', 'customers']);
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
  'left-out',
]);

/** Version 1. The order of the fields here is the order in the file. */
const schema = v.strictObject({
  format: v.literal('tessera-recipe'),
  version: v.literal(1),
  app: short,
  source: v.strictObject({ name: text, bytes: count, sha256 }),
  files: v.strictObject({ dialect }),
  tables: v.strictObject({ kind, roles: list(v.strictObject({ column: text, role })) }),
  features: v.strictObject({ asOf: v.exactOptional(day), off: list(text) }),
  segments: v.strictObject({
    k: whole(1, 10_000),
    kMax: whole(1, 10_000),
    seed: whole(0, 2 ** 32 - 1),
    restarts: whole(1, 10_000),
    names: list(v.strictObject({ letter, name: short })),
  }),
  result: v.strictObject({
    customers: count,
    features: list(text),
    segments: list(v.strictObject({ letter, name: short, customers: count })),
    sha256,
  }),
});

/**
 * A project in one small document: which file, every decision, everything that Tessera had found by itself (pinned, so
 * that a later version does not find it differently), and a fingerprint of the segments, so that "the same" can be checked.
 */
export type Recipe = v.InferOutput<typeof schema>;

/** The newest version that `schema` describes. */
export const RECIPE_VERSION = 1;

/** Throws `recipe-invalid`, with the place and the reason, for everything that is not a whole recipe. */
export function parse(json: string): Recipe {
  const result = v.safeParse(schema, migrate(read(json), migrations, RECIPE_VERSION), {
    abortEarly: true,
  });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw invalid(`${v.getDotPath(issue) ?? 'recipe'}: ${issue.message}`);
}

/** The same recipe gives the same bytes: fields in the order of the schema, two spaces, one line end at the end. */
export function serialise(recipe: Recipe): string {
  return `${JSON.stringify(v.parse(schema, recipe), null, 2)}\n`;
}

function read(json: string): unknown {
  if (json.length > MAX_CHARACTERS) throw invalid(`longer than ${MAX_CHARACTERS} characters`);
  if (depth(json) > MAX_DEPTH) throw invalid(`nested deeper than ${MAX_DEPTH}`);
  try {
    return JSON.parse(json, (key, value: unknown) => {
      if (key in Object.prototype) throw invalid(`a field is called ${key}`); // `in` below would find it in every object
      return value;
    });
  } catch (cause) {
    if (cause instanceof TesseraError) throw cause;
    throw invalid('not JSON', cause);
  }
}

/** Deepest nesting, strings skipped: checked before parsing, so that nothing recursive sees a tower. */
function depth(json: string): number {
  let now = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < json.length; at++) {
    const character = json.charCodeAt(at);
    if (quoted) {
      if (character === 92) at++;
      else if (character === 34) quoted = false;
    } else if (character === 34) quoted = true;
    else if (character === 91 || character === 123) deepest = Math.max(deepest, ++now);
    else if (character === 93 || character === 125) now--;
  }
  return deepest;
}

function isRealDay(iso: string): boolean {
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
}

const invalid = (detail: string, cause?: unknown) =>
  new TesseraError('recipe-invalid', detail, { cause });
