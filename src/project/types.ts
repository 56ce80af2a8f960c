import type { FeatureSettings, FeatureTable } from '../features/types.ts';
import type { FileSettings } from '../files/types.ts';
import type { SegmentSettings, Segmentation } from '../segments/types.ts';
import type { Dataset, TableSettings } from '../tables/types.ts';

/** Every decision that a person made, by stage: what undo goes back over, and what a recipe pins. */
export type Settings = {
  readonly files: FileSettings;
  readonly tables: TableSettings;
  readonly features: FeatureSettings;
  readonly segments: SegmentSettings;
};

/** All that a recipe is made from: what a person decided, and what the stages found with it. */
export type Results = {
  /** Version of Tessera. */
  readonly app: string;
  readonly settings: Settings;
  readonly dataset: Dataset;
  readonly table: FeatureTable;
  readonly segmentation: Segmentation;
};
