import type { FeatureTable } from '../../features/types.ts';
import { pageJob } from '../../lib/page-job.ts';
import { usualLayers } from '../layer-edit.ts';
import { ruleFaults } from '../methods/rules.ts';
import { newRule } from '../rule-edit.ts';
import { rfmMissing, rfmScores, type RfmScores } from '../methods/rfm.ts';
import type { MethodChoice } from '../partition.ts';

/** Why this choice cannot be made of these customers yet, in a sentence; null where it can. */
export function missing(choice: MethodChoice, table: FeatureTable): string | null {
  switch (choice.kind) {
    case 'rfm':
      return rfmMissing(table);
    case 'rules':
      return choice.rules.length === 0
        ? 'Write a rule first.'
        : (choice.rules.flatMap((rule) => ruleFaults(rule, table.features))[0] ?? null);
    case 'layers':
      return choice.layers.some(({ features }) => features.length > 0)
        ? null
        : 'Put a feature into a layer first.';
    default:
      return null;
  }
}

/** What a person starts from: features in the usual layers, a first rule to fill in. */
export function startOf(choice: MethodChoice, { features }: FeatureTable): MethodChoice {
  if (choice.kind === 'rules') return { ...choice, rules: [newRule([], features)] };
  return choice.kind === 'layers' ? { ...choice, layers: usualLayers(features) } : choice;
}

const scored = new WeakMap<FeatureTable, Map<number, Promise<RfmScores>>>();

/** The RFM scores of a table, once for each number of bands: in slices between frames. */
export function scoresOf(table: FeatureTable, bands: number): Promise<RfmScores> {
  const known = scored.get(table) ?? new Map<number, Promise<RfmScores>>();
  scored.set(table, known);
  const scores = known.get(bands) ?? rfmScores(table, bands, pageJob({}));
  known.set(bands, scores);
  return scores;
}
