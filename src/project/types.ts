import type { FeatureSettings, FeatureTable } from '../features/types.ts';
import type { FilesSettings, OpenSource } from '../files/types.ts';
import type { SegmentSettings, Segmentation } from '../segments/types.ts';
import type { Recipe } from './recipe.ts';
import type { Dataset, TableSettings } from '../tables/types.ts';

/** Every decision that a person made, by stage: what undo goes back over, and what a recipe pins. */
export type Settings = {
  readonly files: FilesSettings;
  readonly tables: TableSettings;
  readonly features: FeatureSettings;
  readonly segments: SegmentSettings;
};

/** All that a recipe is made from: what a person decided, and what the stages found with it. */
export type Results = {
  /** Version of Tessera. */
  readonly app: string;
  readonly name: string;
  readonly files: Recipe['files'];
  readonly settings: Settings;
  readonly sources: readonly Pick<OpenSource, 'id' | 'dialect'>[];
  /** What was chosen for the tables, with all that Tessera chose. */
  readonly tables: TableSettings;
  readonly dataset: Dataset;
  readonly table: FeatureTable;
  readonly segmentation: Segmentation;
};
