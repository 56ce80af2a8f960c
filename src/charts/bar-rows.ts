import { fold } from '../lib/fold.ts';
/** A row of category bars: one bar, or all that have no row of their own. */
export type BarRow = {
  readonly bars: readonly number[];
  readonly name: string;
  readonly all: number;
};

const mostNamed = 12;
const mostFound = 100;

/**
 * Rows to show of bars that stand commonest first: the twelve commonest, up to twelve picked beyond them, and the rest in one; or those with
 * `search` in their words (fold: case and accents do not count), of which `unseen` are too many to show. Bars of nothing have no row.
 */
export function barRows(
  words: readonly string[],
  counts: ArrayLike<number>,
  { search, picked }: { readonly search: string; readonly picked: readonly number[] },
): { readonly rows: readonly BarRow[]; readonly named: number; readonly unseen: number } {
  const rowOf = (bar: number): BarRow => ({
    bars: [bar],
    name: words[bar] ?? '',
    all: counts[bar] ?? 0,
  });
  const filled = words.flatMap((_, bar) => ((counts[bar] ?? 0) > 0 ? [bar] : []));
  const wanted = fold(search.trim());
  if (wanted !== '') {
    const found = filled.filter((bar) => fold(words[bar] ?? '').includes(wanted));
    const rows = found.slice(0, mostFound).map(rowOf);
    return { rows, named: mostNamed, unseen: found.length - rows.length };
  }
  const commonest = filled.slice(0, mostNamed);
  const beyond = picked.filter((bar) => !commonest.includes(bar));
  const isNamed = new Set([...commonest, ...(beyond.length <= mostNamed ? beyond : [])]);
  const named = filled.filter((bar) => isNamed.has(bar));
  const rest = filled.filter((bar) => !isNamed.has(bar));
  const rows = named.map(rowOf);
  if (rest.length === 1) rows.push(rowOf(rest[0]!));
  else if (rest.length > 0)
    rows.push({
      bars: rest,
      name: `${rest.length} others`,
      all: rest.reduce((sum, bar) => sum + (counts[bar] ?? 0), 0),
    });
  return { rows, named: mostNamed, unseen: 0 };
}
