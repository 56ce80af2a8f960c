import type { FeatureTable } from '../features/types.ts';
import { TesseraError } from '../lib/errors.ts';
import type { Segmentation } from '../segments/types.ts';
import type { Dataset } from '../tables/types.ts';
import { RECIPE_VERSION, type Recipe } from './recipe.ts';
import type { Results, Settings } from './types.ts';

/** The recipe of what stands on the screen: a person's decisions, and beside them what was found, pinned. */
export async function recipeOf(results: Results): Promise<Recipe> {
  const { app, settings, dataset, table, segmentation } = results;
  const { source, scan } = dataset;
  const { kMax, seed, restarts, names } = settings.segments;
  const { encoding, delimiter, quote, escape, header, skip, decimal } = source.dialect;
  return {
    format: 'tessera-recipe',
    version: RECIPE_VERSION,
    app,
    source: { name: source.name, bytes: source.bytes, sha256: scan.sha256 },
    files: { dialect: { encoding, delimiter, quote, escape, header, skip, decimal } },
    tables: {
      kind: dataset.kind,
      roles: dataset.columns.map(({ name, role }) => ({ column: name, role })),
    },
    features: {
      ...(table.asOf === null ? {} : { asOf: table.asOf.slice(0, 10) }),
      off: table.features.filter(({ used }) => !used).map(({ name }) => name), // "present: exactly these"
    },
    segments: {
      k: settings.segments.k ?? segmentation.k,
      kMax,
      seed,
      restarts,
      names: names.map(({ letter, name }) => ({ letter, name })),
    },
    result: {
      customers: table.customers.length,
      features: table.features.filter(({ used }) => used).map(({ name }) => name),
      segments: segmentation.segments.map(({ letter, name, size }) => ({
        letter,
        name,
        customers: size,
      })),
      sha256: await fingerprint(table, segmentation),
    },
  };
}

/** What the stages are to be told so that they do the same again. */
export function settingsOf({ files, tables, features, segments }: Recipe): Settings {
  return { files, tables, features, segments };
}

/** Throws `recipe-other-file`, naming both files, unless every byte of the open file is the one the recipe was made with. */
export function requireSameFile(recipe: Recipe, dataset: Pick<Dataset, 'source' | 'scan'>): void {
  if (dataset.scan.sha256 === recipe.source.sha256) return;
  throw new TesseraError(
    'recipe-other-file',
    `The recipe belongs to ${recipe.source.name} (${recipe.source.bytes} bytes); open is ${dataset.source.name} (${dataset.source.bytes} bytes).`,
  );
}

/** Whether the segments are those of the recipe: every customer in the same group, byte for byte. */
export async function isSameResult(
  recipe: Recipe,
  table: FeatureTable,
  segmentation: Segmentation,
): Promise<boolean> {
  return recipe.result.sha256 === (await fingerprint(table, segmentation));
}

/** SHA-256 over each customer's id and label, in order; lower-case hex. */
export async function fingerprint(
  { customers }: Pick<FeatureTable, 'customers'>,
  { labels }: Pick<Segmentation, 'labels'>,
): Promise<string> {
  const lines = customers.map((customer, row) => JSON.stringify([customer, labels[row]]));
  const bytes = new TextEncoder().encode(lines.join('\n'));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
