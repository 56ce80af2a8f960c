import type { Want } from '../segments/choose/wants.ts';
import type { Run } from '../segments/runs.svelte.ts';
import type { SegmentSettings } from '../segments/types.ts';
import type { Session } from './session.svelte.ts';

/** How customers are grouped: the dialog, and what was wanted last. */
export class Grouping {
  isOpen = $state(false);
  isComparing = $state(false);
  /** Where one method serves two wants, the settings do not tell which. */
  wanted = $state.raw<Want | null>(null);
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** One decision of a person. Who looks for the odd ones sees them at once. */
  async choose(want: Want, settings: SegmentSettings): Promise<void> {
    const { segments, selection } = this.#session;
    this.isOpen = false;
    this.wanted = want;
    await this.#session.change('segments', `${want.label} (${want.method})`, settings);
    const rest = segments.segmentation?.segments.find((each) => each.rest);
    if (want.id === 'odd' && rest) selection.segment = rest.id;
  }

  /** Opens the comparison; what has to be computed for it is, beside it. */
  compare(): void {
    const { segments, features, runs } = this.#session;
    this.isComparing = true;
    if (features.table)
      void segments.closer.compare(features.table, runs.list, segments.settings.seed);
  }

  /** A run of before becomes the present one, by its decisions; what was said of segments since stays. */
  async back({ features, settings, words }: Run): Promise<void> {
    const session = this.#session;
    this.isComparing = false;
    const { names: _old, remarks: _older, versions: _kept, views: _shown, ...rest } = settings;
    const { names, remarks, versions, views } = session.segments.settings;
    await session.adopt(`Back to ${words}`, {
      ...session.history.current,
      features,
      segments: {
        ...{ ...rest, names },
        ...(remarks && { remarks }),
        ...(versions && { versions }),
        ...(views && { views }),
      },
    });
  }
}
