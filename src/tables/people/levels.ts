import { comparisons, type Comparison } from './types.ts';

/** One level of a comparison. `same`, `different`, `household`: how often it is expected before anything was learnt. */
export type Level = {
  readonly words: string;
  readonly same: number;
  readonly different: number;
  readonly household: number;
};

const level = (words: string, same: number, different: number, household: number): Level => ({
  words,
  same,
  different,
  household,
});

/** Best first. A comparison is missing where either record lacks it: then it says nothing (Enamorado et al. 2019). */
export const levels: Readonly<Record<Comparison, readonly Level[]>> = {
  given: [
    level('first names are the same', 0.76, 0.006, 0.006),
    level('one first name is a form of the other', 0.1, 0.003, 0.003),
    level('one first name is the initial of the other', 0.05, 0.01, 0.01),
    level('first names nearly the same', 0.05, 0.003, 0.003),
    level('first names alike', 0.02, 0.02, 0.02),
    level('first names differ', 0.02, 0.958, 0.958),
  ],
  family: [
    level('family names are the same', 0.86, 0.002, 0.85),
    level('one family name is a part of the other', 0.02, 0.0005, 0.02),
    level('family names nearly the same', 0.06, 0.001, 0.03),
    level('family names alike', 0.02, 0.02, 0.02),
    level('family names differ', 0.04, 0.9765, 0.08),
  ],
  email: [
    level('e-mail addresses are the same', 0.6, 0.00001, 0.08),
    level('e-mail addresses differ in one letter', 0.05, 0.00002, 0.01),
    level('the same e-mail name at another host', 0.05, 0.0001, 0.01),
    level('e-mail addresses differ', 0.3, 0.99987, 0.9),
  ],
  phone: [
    level('phone numbers are the same', 0.6, 0.00002, 0.4),
    level('phone numbers differ in one digit', 0.05, 0.00002, 0.02),
    level('phone numbers differ', 0.35, 0.99996, 0.58),
  ],
  birth: [
    level('birth dates are the same', 0.88, 0.00005, 0.02),
    level('day and month of birth have changed places', 0.03, 0.00003, 0.001),
    level('birth dates differ by a slip', 0.05, 0.0008, 0.009),
    level('years of birth are the same', 0.02, 0.018, 0.05),
    level('birth dates differ', 0.02, 0.98112, 0.92),
  ],
  place: [
    level('addresses are the same', 0.6, 0.00002, 0.8),
    level('addresses nearly the same', 0.1, 0.00003, 0.1),
    level('postcodes are the same', 0.08, 0.0005, 0.04),
    level('cities are the same', 0.1, 0.02, 0.03),
    level('addresses differ', 0.12, 0.97945, 0.03),
  ],
};

/** Stands for a comparison that cannot be made; three bits a comparison in a pattern. */
export const MISSING = 7;
export const BITS = 3;

/** The level of comparison number `c` in a pattern. */
export const levelIn = (pattern: number, c: number): number => (pattern >> (BITS * c)) & MISSING;

/** Number of distinct patterns that can be. */
export const PATTERNS = 1 << (BITS * comparisons.length);

/** The last level of each comparison: "differ". */
export const differs = (comparison: Comparison): number => levels[comparison].length - 1;
