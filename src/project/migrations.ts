import { TesseraError } from '../lib/errors.ts';

/** The newest version of a recipe, that which the schema in recipe.ts describes. */
export const RECIPE_VERSION = 2;

/** From a recipe of one version to the next. It may trust nothing: what it returns is checked as a whole afterwards. */
export type Migration = (recipe: Readonly<Record<string, unknown>>) => unknown;

/** `migrations[0]` makes version 2 out of version 1, and so on. Once released, an entry is never changed. */
export const migrations: readonly Migration[] = [
  ({ app, source, files, tables, features, segments, result }) => ({
    format: 'tessera-recipe',
    app,
    name: (source as { name?: unknown })?.name, // checked afterwards, like all of it
    files: [{ key: 'f1', ...(source as object) }],
    settings: {
      files: { sources: [{ id: 't1', files: ['f1'], part: [], ...(files as object) }] },
      tables,
      features: toOn(features, result),
      segments,
    },
    result,
  }),
];

/** Version 1 named the features that were left out; those that were used stand in its result. */
function toOn(features: unknown, result: unknown): unknown {
  if (typeof features !== 'object' || features === null) return features; // refused afterwards
  const { off: _gone, ...rest } = features as Record<string, unknown>;
  return { ...rest, on: (result as { features?: unknown } | undefined)?.features };
}

/** Brings `recipe` up to `current`; throws `recipe-invalid` where it is no recipe or newer than this Tessera. */
export function migrate(recipe: unknown, steps: readonly Migration[], current: number): unknown {
  for (let now = versionOf(recipe); now < current; now = versionOf(recipe)) {
    const step = steps[now - 1];
    if (!step) throw invalid(`version ${now} is not known`);
    recipe = { ...(step(fields(recipe)) as object), version: now + 1 }; // checked by the schema at the end
  }
  if (versionOf(recipe) > current)
    throw invalid(`made by a newer Tessera (recipe version ${versionOf(recipe)})`);
  return recipe;
}

function versionOf(recipe: unknown): number {
  const { format, version } = fields(recipe);
  if (format !== 'tessera-recipe') throw invalid('the field "format" does not say tessera-recipe');
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    throw invalid('the field "version" is no number from 1');
  return version;
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid('not an object');
  return value as Record<string, unknown>; // an object from JSON: every field is unknown
}

const invalid = (detail: string) => new TesseraError('recipe-invalid', detail);
