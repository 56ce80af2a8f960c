import { levelIn, MISSING } from './levels.ts';
import { comparisons, type Comparison, type Records } from './types.ts';

/** What hardly two people share and one person rarely has twice, with the last level that still agrees: a slip, a swap, another host. */
const telling: readonly (readonly [Comparison, number])[] = [
  ['email', 2],
  ['phone', 1],
  ['birth', 2],
];
const places = telling.map(([name, slip]) => [comparisons.indexOf(name), slip] as const);
const BIRTH = comparisons.indexOf('birth');
const SAME_YEAR = 3;

/** Of e-mail, phone and birth date: how many both records have, how many are the same, and how many are the same but for a slip. */
export type Evidence = { readonly known: number; readonly exact: number; readonly near: number };

/** `yearOnly`: of one birth date only the year is known, so that the same year is agreement. */
export function evidenceIn(pattern: number, yearOnly = false): Evidence {
  let [known, exact, near] = [0, 0, 0];
  for (const [c, slip] of places) {
    const level = levelIn(pattern, c);
    if (level === MISSING) continue;
    known++;
    if (level === 0) exact++;
    else if (level <= slip || (yearOnly && c === BIRTH && level === SAME_YEAR)) near++;
  }
  return { known, exact, near };
}

/** At least two of the three are there and none of them agrees: two people, whatever their names. */
export const isAgainst = ({ known, exact, near }: Evidence): boolean =>
  known >= 2 && exact + near === 0;

/** Tells which records can never be one person by e-mail, phone and birth date; an accepted pair still may. */
export type HardEvidence = {
  /** Records of one number say the same; −1: they say too little to rule anything out. */
  profile(record: number): number;
  rulesOut(a: number, b: number): boolean;
};

/** O(records) once. */
export function hardEvidence(
  records: Records,
  compare: (a: number, b: number) => number,
): HardEvidence {
  const { email, phone, birth, family } = records;
  const numbers = new Map<string, number>();
  const profiles = Int32Array.from({ length: records.count }, (_, r) => {
    const of = [email, phone, birth].map(({ width, codes }) =>
      codes.subarray(r * width, (r + 1) * width),
    );
    if (of.filter((codes) => codes.some((code) => code >= 0)).length < 2) return -1;
    const said = `${of.join('|')}|${family.codes[r]}`; // by the family name an e-mail name counts or does not
    const number = numbers.get(said) ?? numbers.size;
    numbers.set(said, number);
    return number;
  });
  const isYear = (r: number) => birth.values[birth.codes[r]!]?.length === 4;
  return {
    profile: (r) => profiles[r] ?? -1,
    rulesOut: (a, b) => isAgainst(evidenceIn(compare(a, b), isYear(a) || isYear(b))),
  };
}
