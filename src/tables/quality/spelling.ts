import { edits, jaroWinkler } from './similar.ts';

export type Spelled = { readonly value: string; readonly rows: number };

/** Spellings of one thing: the commonest, and the others. */
export type Group = { readonly to: Spelled; readonly from: readonly Spelled[] };

/**
 * What stays of a value when its spelling does not count: letters without case, accents and full width; no full stops, commas,
 * apostrophes and quotes; hyphens, underscores and spaces are one and the same nothing. Signs that mean something (+, #, &, %) stay. In values with
 * digits only case and spaces do not count: "1.5" is not "15", and a code may need its hyphen.
 */
export function normalKey(value: string): string {
  const plain = value.normalize('NFKC').toLowerCase().trim().replace(/\s+/gu, ' ');
  if (/\d/.test(plain)) return plain;
  const bare = plain
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/gu, 'ss')
    .replace(/[.,;:'’‘`´"“”„()[\]]/gu, '')
    .replace(/[\s_‐‑–—/-]/gu, '');
  return bare === '' || /[+-]$/.test(plain) ? plain : bare;
}

/** Values with the same normal key; commonest groups first. O(values). */
export function spellings(values: readonly Spelled[]): readonly Group[] {
  const groups = new Map<string, Spelled[]>();
  for (const spelled of values) {
    const key = normalKey(spelled.value);
    const group = groups.get(key);
    if (group) group.push(spelled);
    else groups.set(key, [spelled]);
  }
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map(grouped)
    .sort(byRows);
}

/** Of equally common spellings the tidier one: no spaces around it, then the first in the alphabet. */
function grouped(spelled: readonly Spelled[]): Group {
  const untidy = ({ value }: Spelled) => (value === value.trim() && !/\s\s/.test(value) ? 0 : 1);
  const [to, ...from] = spelled.toSorted(
    (a, b) => b.rows - a.rows || untidy(a) - untidy(b) || (a.value < b.value ? -1 : 1),
  );
  if (!to) throw new RangeError('no spelling');
  return { to, from };
}

const byRows = (a: Group, b: Group): number =>
  b.to.rows - a.to.rows || (a.to.value < b.to.value ? -1 : 1);

/** Rarer than this share of the right spelling, and the right one at least so often, is a slip; else two things may be meant. */
const RARE = 0.02;
const OFTEN = 20;

/**
 * Rare values that differ from a common one by a slip of the fingers: one word of at least five letters differs, by one edit (two from
 * nine letters on), not in its first letter, and Jaro–Winkler is at least 0.9. Values with digits take no part. A plural is no slip.
 * O(rare · common · length²) for those of about the same length.
 */
export function typos(values: readonly Spelled[]): readonly Group[] {
  const words = values
    .filter(({ value }) => !/\d/.test(value))
    .map((each) => ({ ...each, parts: value(each) }));
  const common = words.filter(({ rows }) => rows >= OFTEN);
  const found = new Map<Spelled, Spelled[]>();
  for (const rare of words) {
    const right = common
      .filter(
        (each) => rare.rows <= Math.max(1, RARE * each.rows) && isSlip(rare.parts, each.parts),
      )
      .sort((a, b) => b.rows - a.rows)[0];
    if (right) found.set(right, [...(found.get(right) ?? []), rare]);
  }
  const bare = ({ value, rows }: Spelled): Spelled => ({ value, rows });
  return [...found].map(([to, from]) => ({ to: bare(to), from: from.map(bare) })).sort(byRows);
}

const value = ({ value }: Spelled): readonly string[] =>
  value
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[\s_/-]+/u)
    .filter(Boolean);

function isSlip(rare: readonly string[], common: readonly string[]): boolean {
  if (rare.length !== common.length) return false;
  const differ = rare.flatMap((word, i) => (word === common[i] ? [] : [i]));
  const [a, b] = [rare[differ[0] ?? -1], common[differ[0] ?? -1]];
  if (differ.length !== 1 || !a || !b) return false;
  const most = Math.min(a.length, b.length) >= 9 ? 2 : 1;
  if (Math.min(a.length, b.length) < 5 || a[0] !== b[0] || Math.abs(a.length - b.length) > most)
    return false;
  if (a + 's' === b || b + 's' === a) return false;
  return edits(a, b, most) <= most && jaroWinkler(a, b) >= 0.9;
}
