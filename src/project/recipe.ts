import * as v from 'valibot';
import { TesseraError } from '../lib/errors.ts';
import { migrate, migrations, RECIPE_VERSION } from './migrations.ts';
import { count, fileKey, letter, list, short, text } from './schema-pieces.ts';
import { settingsSchema } from './settings.ts';

const MAX_CHARACTERS = 16_000_000;
const MAX_DEPTH = 16; // conditions of a rule in a version stand at 13

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** Version 2. The order of the fields here is the order in the file. */
const schema = v.strictObject({
  format: v.literal('tessera-recipe'),
  version: v.literal(2),
  app: short,
  name: text,
  files: list(v.strictObject({ key: fileKey, name: text, bytes: count, sha256 })),
  settings: settingsSchema,
  result: v.exactOptional(
    v.strictObject({
      customers: count,
      features: list(text),
      segments: list(v.strictObject({ letter, name: short, customers: count })),
      sha256,
    }),
  ),
});

/**
 * A project in one small document: which files, and every decision. One that is saved for others also pins what Tessera had
 * found by itself (a later version shall not find it differently) and has a fingerprint of the segments, so that "the same" can be checked.
 */
export type Recipe = v.InferOutput<typeof schema>;

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

const invalid = (detail: string, cause?: unknown) =>
  new TesseraError('recipe-invalid', detail, { cause });
