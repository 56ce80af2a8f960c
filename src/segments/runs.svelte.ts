import type { FeatureSettings, FeatureTable } from '../features/types.ts';
import { plural } from '../lib/format.ts';
import { wantOf } from './choose/wants.ts';
import { methodOf, type Segment, type Segmentation, type SegmentSettings } from './types.ts';

/** One way the customers were grouped: what was decided, and what is needed to compare it. */
export type Run = {
  readonly id: number;
  readonly features: FeatureSettings;
  readonly settings: SegmentSettings;
  /** [customers]; places in `segments`. */
  readonly labels: Int32Array;
  readonly segments: readonly Pick<Segment, 'letter' | 'name' | 'colour' | 'size' | 'rest'>[];
  readonly words: string;
  /** "K-means, 7 segments". */
  readonly short: string;
  readonly tookMs: number;
};

const MOST = 12;

/** The last runs over the same customers, newest last. They live in the tab: each can be made again from its settings. */
export class Runs {
  list = $state.raw<readonly Run[]>([]);
  #customers: readonly string[] = [];
  #next = 1;

  /** Notes a run that ended well. Runs over other customers are forgotten: there is nothing to compare. */
  note(
    done: Pick<Run, 'features' | 'settings' | 'tookMs'>,
    { customers }: Pick<FeatureTable, 'customers'>,
    { labels, segments, words, k }: Segmentation,
  ): void {
    const before = sameIds(customers, this.#customers) ? this.list : [];
    this.#customers = customers;
    const run = {
      id: this.#next++,
      ...{ ...done, labels, words },
      short: `${wantOf(methodOf(done.settings)).method}, ${plural(k, 'segment')}`,
      segments: segments.map(({ letter, name, colour, size, rest }) => ({
        ...{ letter, name, colour, size, rest },
      })),
    };
    const others = before.filter((each) => !isSame(each, run));
    this.list = [...others, run].slice(-MOST);
  }

  clear(): void {
    this.list = [];
    this.#customers = [];
  }
}

/** The same decision, whatever the segments were called. */
const isSame = (a: Run, b: Run): boolean => keyOf(a) === keyOf(b);

function keyOf({ features, settings }: Run): string {
  const {
    names: _names,
    remarks: _remarks,
    versions: _versions,
    views: _views,
    anchor: _anchor,
    editedAnchor: _edited,
    ...rest
  } = settings;
  return JSON.stringify([features, rest]);
}

function sameIds(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((id, i) => id === b[i]));
}
