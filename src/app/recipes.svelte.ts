import { version } from '../../package.json';
import type { TextMode } from '../lib/csv-cell.ts';
import { download } from '../lib/download.ts';
import { bytes } from '../lib/format.ts';
import type { Recipe } from '../project/recipe.ts';
import { isSameResult, recipeOf, requireSameFiles } from '../project/recipe-of.ts';
import type { Results, Settings } from '../project/types.ts';
import type { Session } from './session.svelte.ts';

/** What goes out as files, and recipes that come in. */
export class Recipes {
  /** A recipe that waits for its files. */
  awaited = $state.raw<Recipe | null>(null);
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** A recipe is opened on its files: those that are open, or the next ones. */
  async open(file: File): Promise<void> {
    const session = this.#session;
    session.refused = null;
    try {
      const { parse } = await import('../project/recipe.ts');
      const recipe = parse(await file.text());
      if (session.tables.dataset) return await this.#follow(recipe);
      this.awaited = recipe;
      const wanted = recipe.files.map((one) => `${one.name} (${bytes(one.bytes)})`).join(', ');
      session.notice = `The recipe is for ${wanted}. Open ${recipe.files.length === 1 ? 'that file' : 'those files'} now.`;
    } catch (error) {
      session.refused = error;
    }
  }

  /** After files came in: does what the recipe says that waits for them. */
  async followAwaited(): Promise<void> {
    const recipe = this.awaited;
    if (!recipe) return;
    this.awaited = null;
    await this.#follow(recipe).catch((error: unknown) => (this.#session.refused = error));
  }

  /** Does what the recipe says on the open files, and says whether the segments are the same. */
  async #follow(recipe: Recipe): Promise<void> {
    const session = this.#session;
    const open = await session.files.fingerprints();
    requireSameFiles(recipe, open);
    await session.adopt('Recipe', withKeys(recipe, open));
    const { table } = session.features;
    const { segmentation } = session.segments;
    if (!table || !segmentation || session.stale.length > 0) return;
    session.notice = (await isSameResult(recipe, table, segmentation))
      ? 'The recipe was followed: every customer is in the same segment as when it was saved.'
      : 'The recipe was followed, but some customers are in other segments than when it was saved.';
    session.place.go('segments');
  }

  async save(): Promise<void> {
    const results = await this.#results();
    const { exports, name } = this.#session;
    if (!results) return;
    const { serialise } = await import('../project/recipe.ts');
    download(exports.recipe(name, serialise(await recipeOf(results))));
  }

  /** `exact`: texts as they are, for machines; `safe`: no cell can become a formula in a spreadsheet. */
  async saveCustomers(mode: TextMode = 'safe'): Promise<void> {
    const { exports, name, features, segments } = this.#session;
    const { table } = features;
    const { segmentation } = segments;
    if (!table || !segmentation) return;
    exports.mode = mode;
    const file = await exports.customers(name, { table, segmentation });
    if (file) download(file);
  }

  /** `picture` is the map: PNG as a Blob, SVG as text. */
  savePicture(picture: Blob | string): void {
    const { exports, name } = this.#session;
    const blob =
      typeof picture === 'string' ? new Blob([picture], { type: 'image/svg+xml' }) : picture;
    download(exports.picture(name, 'map', blob));
  }

  async #results(): Promise<Results | null> {
    const { name, history, files, tables, features, segments } = this.#session;
    const { dataset } = tables;
    const { table } = features;
    const { segmentation } = segments;
    if (!dataset || !table || !segmentation) return null;
    return {
      app: version,
      name,
      files: await files.fingerprints(),
      sources: files.sources,
      tables: tables.pinned(),
      settings: history.current,
      dataset,
      table,
      segmentation,
    };
  }
}

/** The recipe's settings, its files called as the open project calls them. */
function withKeys({ files, settings }: Recipe, open: Recipe['files']): Settings {
  const keyOf = (theirs: string): string => {
    const { sha256 } = files.find(({ key }) => key === theirs) ?? {};
    return open.find((file) => file.sha256 === sha256)?.key ?? theirs;
  };
  const sources = settings.files.sources.map((source) => ({
    ...source,
    files: source.files.map(keyOf),
  }));
  return { ...settings, files: { sources } };
}
