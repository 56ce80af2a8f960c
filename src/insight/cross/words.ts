import type { Feature } from '../../features/types.ts';
import { valueWords } from '../../features/value-words.ts';
import { day } from '../../lib/format.ts';
import type { Brush, Pick } from '../../segments/map/selection.svelte.ts';
import { lastDay } from './time.ts';
import type { View } from './view.ts';

const MOST_NAMED = 3;

/** "Recency 30–94 days". */
export function brushWords({ low, high }: Brush, feature: Feature): string {
  const unit = feature.unit === 'days' ? ' days' : '';
  const [from, to] = [valueWords(low, feature), valueWords(high, feature)];
  return `${feature.label} ${from === to ? from : `${from}–${to}`}${unit}`;
}

const namesOf = (view: View) =>
  view.kind === 'place' ? view.named?.map(({ name }) => name) : undefined;

/** "Orders over time 1 Mar 2025–30 Jun 2025", "City Berlin, Hamburg or 4 more". */
export function pickWords({ bins }: Pick, view: View): string {
  const { label } = view;
  if (bins.length === 0) return `${label}: none`;
  if (view.kind === 'time') {
    const [first, last] = [Math.min(...bins), Math.max(...bins)];
    return `${label} ${day(view.days[first] ?? '')}–${day(lastDay(view.days, last, view.step))}`;
  }
  const words = view.kind === 'bars' ? view.words : namesOf(view);
  if (!words) return `${label}: ${bins.length} marked`;
  const named = bins.slice(0, MOST_NAMED).map((bin) => words[bin] ?? '');
  const more = bins.length - named.length;
  const last = more > 0 ? `${more} more` : named.pop();
  return `${label} ${named.length > 0 ? `${named.join(', ')} or ${last}` : last}`;
}
