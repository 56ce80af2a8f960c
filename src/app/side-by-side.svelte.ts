import { download } from '../lib/download.ts';
import { keyOf, OTHERS, sidesFor, type Chosen } from '../insight/compare/choices.ts';
import { comparisonCsv } from '../insight/compare/compare-words.ts';
import type { Session } from './session.svelte.ts';

/** Two selections of customers side by side: opened from a segment, a selection or the palette. */
export class SideBySide {
  /** [customers], 1 where outside what was selected when it was opened; null where nothing was. */
  out = $state.raw<Uint8Array | null>(null);
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  open(a: string, out: Uint8Array | null, b: string = OTHERS): void {
    this.out = out;
    this.choose({ a, b });
  }

  /** The chosen segment, or the first, against everyone else. */
  begin(): void {
    const { segments, selection } = this.#session;
    const { segments: all = [] } = segments.segmentation ?? {};
    const segment = all[selection.segment ?? 0];
    if (segment) this.open(keyOf(segment), null);
  }

  choose(chosen: Chosen): void {
    const { features, insight } = this.#session;
    const { comparing } = insight;
    comparing.chosen = chosen;
    const sides = this.sides;
    comparing.task.cancel();
    comparing.result = null;
    if (features.table && sides && !('fault' in sides))
      void comparing.run(features.table, sides.a, sides.b);
  }

  get sides(): ReturnType<typeof sidesFor> | null {
    const { chosen } = this.#session.insight.comparing;
    const { segmentation } = this.#session.segments;
    return chosen && segmentation ? sidesFor(chosen, segmentation, this.out) : null;
  }

  save(): void {
    const { exports, features, insight, name } = this.#session;
    const { result } = insight.comparing;
    if (!result || !features.table) return;
    const text = comparisonCsv(result, features.table.features, exports.mode);
    download(exports.list(name, 'comparison', text));
  }
}
