import type { Model } from './chances.ts';
import { levelIn } from './levels.ts';
import { comparisons, type Attribute, type Coded, type Comparison, type Records } from './types.ts';

/** Prior weight, in records, of a value's average commonness. */
const PRIOR_RECORDS = 50;
/** So many family names beside one e-mail or phone may be a family's, or slips. */
const FAMILY_NAMES = 5;

/** Whose commonness counts, and the most that a rare value may add, as a factor (16: four bits; 1: nothing). */
const adjusted: readonly { readonly of: Comparison & Attribute; readonly rare: number }[] = [
  { of: 'given', rare: 8 },
  { of: 'family', rare: 16 },
  { of: 'birth', rare: 1 }, // nearly every birth date is as rare as the next; only 1 January 1900 and its like stand out
  { of: 'email', rare: 1 }, // desk@shop.org beside many family names is nobody's
  { of: 'phone', rare: 1 },
];

/** How much likelier strangers, and households, are to share these very values than to share values at all. */
export type Commonness = { readonly strangers: number; readonly relatives: number };

/**
 * Term frequencies (Winkler 2000): agreeing on Smith says less than agreeing on Featherstonehaugh. For exact agreement only. Names and
 * birth dates count by the records that have them, without the two of the pair; e-mails and phones by the family names beside them,
 * since many records of one person are no sign of a shared one.
 */
export function frequencies(
  records: Records,
  model: Model,
): {
  /** The factor of comparison number `c` for two records that agree in it; 1 where it does not apply. */
  factor(c: number, a: number, b: number): number;
  of(pattern: number, a: number, b: number): Commonness;
} {
  const tables = adjusted.map(({ of, rare }) => {
    const c = comparisons.indexOf(of);
    const names = of === 'email' || of === 'phone' ? records.family : null;
    const counts = names ? namesBeside(records[of], names) : recordsWith(records[of]);
    const options = { usual: model.different[c]?.[0] ?? 1, spare: names ? FAMILY_NAMES : 2, rare };
    return { c, coded: records[of], factors: factors(records[of], counts, options) };
  });
  const factor = (c: number, a: number, b: number): number => {
    const table = tables.find((each) => each.c === c);
    return table ? (table.factors[shared(table.coded, a, b)] ?? 1) : 1;
  };
  return {
    factor,
    of(pattern, a, b) {
      let strangers = 1;
      let relatives = 1;
      for (const { c, coded, factors } of tables) {
        if (levelIn(pattern, c) !== 0) continue;
        const here = factors[shared(coded, a, b)] ?? 1;
        strangers *= here;
        if (comparisons[c] === 'given') relatives *= here;
      }
      return { strangers, relatives };
    },
  };
}

/** The first value of `a` that `b` has too, or else its first. */
function shared({ width, codes }: Coded, a: number, b: number): number {
  for (let i = a * width; i < (a + 1) * width; i++)
    for (let j = b * width; j < (b + 1) * width; j++)
      if (codes[i]! >= 0 && codes[i] === codes[j]) return codes[i]!;
  return codes[a * width]!;
}

function recordsWith({ codes, values }: Coded): Float64Array {
  const counts = new Float64Array(values.length);
  for (const code of codes) if (code >= 0) counts[code]!++;
  return counts;
}

/** By value, how many different family names stand beside it. */
function namesBeside({ width, codes, values }: Coded, family: Coded): Float64Array {
  const counts = new Float64Array(values.length);
  const seen = new Set<number>();
  codes.forEach((code, i) => {
    const name = family.codes[Math.floor(i / width)]!;
    const both = code * family.values.length + name;
    if (code < 0 || name < 0 || seen.has(both)) return;
    seen.add(both);
    counts[code]!++;
  });
  return counts;
}

type Options = { readonly usual: number; readonly spare: number; readonly rare: number };

function factors({ codes }: Coded, counts: Float64Array, it: Options): Float64Array {
  const filled = codes.reduce((n, code) => (code >= 0 ? n + 1 : n), 0);
  return counts.map((count) => {
    const others = Math.max(0, count - it.spare) + PRIOR_RECORDS * it.usual;
    const share = others / (Math.max(0, filled - 2) + PRIOR_RECORDS);
    return Math.max(share / it.usual, 1 / it.rare);
  });
}
