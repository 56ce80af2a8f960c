import { cluster } from './cluster.ts';
import type { Coded, Records } from './types.ts';

/**
 * What plain rules would have found, as the line to beat: records with the same e-mail, the same phone, or the same first and family
 * name and birth date are one person, and so is whoever they share with a third. O(records).
 */
export async function plainRules(
  records: Records,
): Promise<{ people: Int32Array<ArrayBuffer>; count: number }> {
  const links: { first: number; second: number; probability: number }[] = [];
  const seen = new Map<string, number>();
  const meet = (key: string, r: number) => {
    const first = seen.get(key);
    if (first === undefined) seen.set(key, r);
    else links.push({ first, second: r, probability: 1 });
  };
  const code = ({ codes, width }: Coded, r: number) => codes[r * width]!;
  for (let r = 0; r < records.count; r++) {
    for (const name of ['email', 'phone'] as const) {
      const { width, codes } = records[name];
      for (let i = r * width; i < (r + 1) * width; i++)
        if (codes[i]! >= 0) meet(`${name}:${codes[i]}`, r);
    }
    const whole = [records.given, records.family, records.birth].map((part) => code(part, r));
    if (whole.every((part) => part >= 0)) meet(whole.join(':'), r);
  }
  const nothing = { accepted: [], refused: [], contradicts: () => false };
  const { people, count } = await cluster({ count: records.count, links, ...nothing });
  return { people, count };
}
