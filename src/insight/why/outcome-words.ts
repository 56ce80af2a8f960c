import type { Feature } from '../../features/types.ts';
import { valueWords } from '../../features/value-words.ts';
import { fixed, percent, plural } from '../../lib/format.ts';
import type { OutcomeDrivers } from './outcome-drivers.ts';
import type { Subgroup, Subgroups } from './subgroups.ts';

/** How much of the outcome goes with all features, and what chance reaches, in a sentence. */
export function explainedWords({ r2, chance }: OutcomeDrivers, label: string): string {
  const how = `${percent(r2.value)} (${fixed(100 * r2.low, 1)} to ${fixed(100 * r2.high, 1)})`;
  const known = `Of the differences in ${label.toLowerCase()} ${how} go with the features below together`;
  return r2.low > chance
    ? `${known}; with ${label.toLowerCase()} dealt out by chance it would be up to ${percent(chance)}.`
    : `${known}, no more than chance reaches (up to ${percent(chance)}): nothing here goes with it.`;
}

/** "more with it", "less with it", of a category "differs": which way a feature goes with the outcome. */
export const wayWords = (correlation: number | null): string =>
  correlation === null ? 'by value' : `${correlation > 0 ? '+' : ''}${fixed(correlation)}`;

/** "62 here (60 to 64), 15 among all others". */
export function subgroupFigures(
  { here, others }: Subgroup,
  outcome: Feature,
  { isAnswer }: Pick<Subgroups, 'isAnswer'>,
): string {
  const of = isAnswer ? ({ unit: 'share' } as const) : outcome;
  const say = (value: number) => valueWords(value, of);
  return `${say(here.value)} (${say(here.low)} to ${say(here.high)}), ${say(others.value)} among all others`;
}

/** How it was looked for, in a sentence. */
export const searchedWords = ({ tested, found, made, judged }: Subgroups): string =>
  tested === 0
    ? 'Nothing was found that was worth a test.'
    : `${plural(tested, 'subgroup')} found in ${plural(made, 'customer')} and tested on the other ${plural(judged, 'customer')}; ${found.length === 0 ? 'none holds' : `${found.length} hold`} with false discoveries held to 5 % (Benjamini–Hochberg).`;
