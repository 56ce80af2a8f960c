import type { Session } from './session.svelte.ts';

/** What goes with being frequent, or what was asked about last, among everyone or inside one segment. */
export function askOutcome(
  { features: { table }, segments, insight }: Session,
  among: number | null = null,
): void {
  const { segmentation, settings } = segments;
  if (table && segmentation)
    void insight.outcome.open({ table, segmentation, seed: settings.seed }, among);
}
