import type { MixtureModel } from './methods/mixture-model.ts';

/**
 * How one method divided the customers, whatever the method. Methods keep richer results of their own and give this to the stage.
 */
export type Partition = {
  /** [rows]; 0 … groups − 1, or −1 where the method puts a customer in no group (noise). */
  readonly labels: Int32Array<ArrayBuffer>;
  readonly groups: number;
  /** [rows]; how surely each belongs to its group, 0 to 1; null where the method says nothing of it. */
  readonly belongs: Float32Array<ArrayBuffer> | null;
  /** [rows]; how odd each is, 0 to 1 (GLOSH and its like); null where the method says nothing of it. */
  readonly oddness: Float32Array<ArrayBuffer> | null;
  /** Names that the method itself gives its groups (RFM, rules), in their order; null where they are named from what sets them apart. */
  readonly names: readonly string[] | null;
  /** Of a Gaussian mixture: the distributions, of which `labels` are places. */
  readonly mixture?: MixtureModel;
  /** What was done and what was chosen from the data, in one sentence with figures: "DBSCAN, radius 0.42 from the bend of the 5-distance curve". */
  readonly words: string;
};

/**
 * A method as a person chose it. What is null is chosen from the data, and `Partition.words` says what came out. Every number is in the units
 * of the scaled columns.
 */
export type MethodChoice =
  /** k, kMax and restarts stand in `SegmentSettings`. */
  | { readonly kind: 'kmeans' }
  /** Bisecting k-means for micro-segments, none smaller than `smallest` customers. */
  | { readonly kind: 'bisecting'; readonly k: number | null; readonly smallest: number | null }
  | { readonly kind: 'dbscan'; readonly radius: number | null; readonly neighbours: number }
  | {
      readonly kind: 'hdbscan';
      readonly smallest: number | null;
      readonly neighbours: number | null;
      readonly pick: 'excess-of-mass' | 'leaves';
    }
  | {
      readonly kind: 'mixture';
      readonly k: number | null;
      readonly shape: 'full' | 'tied' | 'diagonal' | 'spherical';
    }
  | { readonly kind: 'genie'; readonly k: number | null; readonly evenness: number }
  | { readonly kind: 'nmf'; readonly k: number | null }
  | { readonly kind: 'prototypes'; readonly k: number | null; readonly weight: number | null }
  | { readonly kind: 'rfm'; readonly bands: number; readonly grid: readonly RfmCell[] | null }
  | { readonly kind: 'rules'; readonly rules: readonly SegmentRule[] }
  | { readonly kind: 'layers'; readonly layers: readonly Layer[] };

/** A named rectangle of the RFM grid: scores from 1 (worst) to `bands` (best), both ends in it; the first that holds wins. */
export type RfmCell = {
  readonly name: string;
  readonly recency: readonly [number, number];
  readonly frequency: readonly [number, number];
  readonly monetary: readonly [number, number];
};

/** A segment by conditions on features, or by an SQL condition that a person typed; the first rule that holds wins. */
export type SegmentRule = {
  readonly name: string;
  readonly when:
    | { readonly all: readonly Condition[] }
    | { readonly any: readonly Condition[] }
    | { readonly sql: string };
};

/** `feature` is the SQL name of a feature; numbers are in its unit, `values` are categories. */
export type Condition =
  | { readonly feature: string; readonly is: 'at-least' | 'at-most'; readonly value: number }
  | {
      readonly feature: string;
      readonly is: 'between';
      readonly low: number;
      readonly high: number;
    }
  | {
      readonly feature: string;
      readonly is: 'one-of' | 'none-of';
      readonly values: readonly string[];
    };

/** Features clustered by themselves; a customer's segment is the combination of its groups in all layers. */
export type Layer = {
  readonly name: string;
  readonly features: readonly string[];
  readonly k: number | null;
};
