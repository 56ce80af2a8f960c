import type { Feature } from '../features/types.ts';
import { valueWords } from '../features/value-words.ts';
import { percent } from '../lib/format.ts';
import type { Segment } from './types.ts';

/** What is usual of each feature in a segment and over everyone: medians; of a category the share of the value that sets the segment apart. */
export function usualBeside(
  { letter, drivers }: Pick<Segment, 'letter' | 'drivers'>,
  features: readonly Feature[],
): readonly { readonly head: string; readonly words: readonly string[] }[] {
  const words = (pick: 'here' | 'everyone') =>
    features.map((feature, f) => {
      const driver = drivers.find((each) => each.feature === f);
      if (!driver) return '–';
      const value = pick === 'here' ? driver.here.value : driver.everyone;
      if (driver.category === undefined) return valueWords(value, feature);
      return `${feature.categories?.[driver.category] ?? ''} ${percent(value, 0)}`;
    });
  return [
    { head: letter ? `Segment ${letter}` : 'The rest', words: words('here') },
    { head: 'Everyone', words: words('everyone') },
  ];
}
