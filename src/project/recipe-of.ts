import type { FeatureTable } from '../features/types.ts';
import { asWritten } from '../files/written.ts';
import { TesseraError } from '../lib/errors.ts';
import { madeByMethod, type SegmentSettings, type Segmentation } from '../segments/types.ts';
import { RECIPE_VERSION } from './migrations.ts';
import type { Recipe } from './recipe.ts';
import type { Results, Settings } from './types.ts';

/** A project as it is kept: its files and what a person decided, nothing else. */
export function documentOf(
  app: string,
  { name, files, settings }: Pick<Results, 'name' | 'files' | 'settings'>,
): Recipe {
  return { format: 'tessera-recipe', version: RECIPE_VERSION, app, name, files, settings };
}

/** The recipe of what stands on the screen: a person's decisions, and beside them what was found, pinned. */
export async function recipeOf(results: Results): Promise<Recipe> {
  const { app, table, segmentation } = results;
  return {
    ...documentOf(app, { ...results, settings: pinned(results) }),
    result: {
      customers: table.customers.length,
      features: table.features.filter(({ used }) => used).map(({ name }) => name),
      segments: segmentation.segments
        .filter(({ rest }) => !rest)
        .map(({ letter, name, size }) => ({ letter, name, customers: size })),
      sha256: await fingerprint(table, segmentation),
    },
  };
}

/** The settings with everything in them that Tessera chose. */
function pinned({ settings, sources, tables, dataset, table, segmentation }: Results): Settings {
  const { files, segments } = settings;
  return {
    files: {
      sources: files.sources.map((source) => ({
        ...source,
        dialect: dialectOf(sources.find(({ id }) => id === source.id)) ?? source.dialect ?? {},
      })),
    },
    tables: {
      ...tables,
      kind: dataset.kind,
      roles: dataset.columns.map(({ name, role }) => ({ column: name, role })),
    },
    features: {
      ...(table.asOf === null ? {} : { asOf: table.asOf.slice(0, 10) }),
      on: table.features.filter(({ used }) => used).map(({ name }) => name), // "present: exactly these"
      ...((table.condensed || settings.features.condense !== undefined) && {
        condense: table.condensed !== undefined,
      }),
    },
    segments: pinnedMethod(segments, segmentation),
  };
}

/** The settings of segments with all that the method chose. */
export function pinnedMethod(settings: SegmentSettings, made: Segmentation): SegmentSettings {
  return made.method.kind === 'kmeans'
    ? { ...settings, k: settings.k ?? madeByMethod(made) }
    : { ...settings, method: made.method };
}

const dialectOf = (source: Results['sources'][number] | undefined) =>
  source && asWritten(source.dialect);

/** Throws `recipe-other-file`, naming the file that is missing, unless all files of the recipe are among those that are open. */
export function requireSameFiles(
  recipe: Pick<Recipe, 'files'>,
  open: readonly Pick<Recipe['files'][number], 'name' | 'bytes' | 'sha256'>[],
): void {
  const missing = recipe.files.find(({ sha256 }) => !open.some((file) => file.sha256 === sha256));
  if (!missing) return;
  throw new TesseraError(
    'recipe-other-file',
    `The recipe belongs to ${missing.name} (${missing.bytes} bytes); open is ${open.map(({ name, bytes }) => `${name} (${bytes} bytes)`).join(', ')}.`,
  );
}

/** Whether the segments are those of the recipe: every customer in the same group, byte for byte. */
export async function isSameResult(
  recipe: Pick<Recipe, 'result'>,
  table: FeatureTable,
  segmentation: Segmentation,
): Promise<boolean> {
  return recipe.result?.sha256 === (await fingerprint(table, segmentation));
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
