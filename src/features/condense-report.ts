import { count, fixed, percent, plural } from '../lib/format.ts';
import type { LeftAside } from './condense-columns.ts';

/** What condensing did with the columns. Labels are those of features, or "feature: value". */
export type CondenseReport = {
  /** Columns before and after. */
  readonly before: number;
  readonly after: number;
  readonly leftOut: readonly LeftAside[];
  /** Columns that say nearly the same: which one stands for which. */
  readonly merged: readonly { readonly stands: string; readonly for: readonly string[] }[];
  /** Correlated columns that became one, and the least correlation between two of them, either way. */
  readonly groups: readonly { readonly members: readonly string[]; readonly least: number }[];
  /** Principal components that were kept, with their share of the variance and what they go with most. Empty: the columns themselves were kept. */
  readonly components: readonly {
    readonly share: number;
    readonly strongest: readonly { readonly label: string; readonly correlation: number }[];
  }[];
  /** Customers' gaps that were filled, over all features. */
  readonly gaps: number;
  /** How many components were kept, and by what rule, in one sentence. */
  readonly rule: string;
};

/** The report in sentences, the shortest account first. */
export function condenseSentences(report: CondenseReport): string[] {
  const { before, after, leftOut, merged, groups, components, gaps, rule } = report;
  const what = components.length > 0 ? 'component' : 'column';
  return [
    `${plural(before, 'column')} became ${plural(after, what)}, which segments are looked for in; every feature still describes them.`,
    rule,
    ...components.map(
      ({ share, strongest }, i) =>
        `Component ${i + 1} (${percent(share)} of the variance) goes with ${listed(
          strongest.map(({ label, correlation }) => `${label} (${fixed(correlation)})`),
        )}.`,
    ),
    ...merged.map(
      (one) => `${one.stands} stands for ${listed(one.for)}, which say nearly the same.`,
    ),
    ...groups.map(
      ({ members, least }) =>
        `${listed(members)} count as one: any two of them are correlated by ${fixed(least)} or more.`,
    ),
    ...leftOut.map(({ label, why }) => `${label} is left out: ${why}.`),
    ...(gaps > 0
      ? [
          `${plural(gaps, 'gap')} were filled as each feature says; gaps are not told apart from values here.`,
        ]
      : []),
  ];
}

function listed(names: readonly string[], most = 6): string {
  const shown =
    names.length > most + 1
      ? [...names.slice(0, most), `${count(names.length - most)} more`]
      : names;
  return shown.length < 2
    ? (shown[0] ?? '')
    : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
