import { foldName } from './fold.ts';

/** A person's name, folded: first names with blanks between, and one family name ("vandermeer", "smith jones"). '' where missing. */
export type Name = { readonly given: string; readonly family: string };

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const titles = words(
  'mr mrs ms miss mx dr prof sir dame lord lady rev herr frau hr dipl ing med jr sr ii iii iv phd md mba bsc msc esq ' +
    'monsieur madame mademoiselle mme mlle maitre senor senora senorita sra srta don dona doctor professor',
);
const particles = words(
  'van von vom vd der den de del della dello dell di da das dos do du des la le les lo el al zu zur zum ten ter st saint san santa mac mc bin ibn y e af av',
);
const gapWords = words('unknown none null na nan test anonymous unbekannt');

const isGap = (parts: readonly string[]): boolean =>
  parts.every((word) => gapWords.has(word)) || parts.join(' ') === 'n a';

/** First names as they are compared: no titles, no accents. '' for "unknown", "n/a" and the like. */
export function givenName(text: string): string {
  const parts = foldName(text)
    .split(' ')
    .filter((word) => word !== '' && !titles.has(word));
  return isGap(parts) ? '' : parts.join(' ');
}

/** A family name as it is compared: particles belong to the word behind them, so "van der Meer" is one word; double names keep their blank. */
export function familyName(text: string): string {
  const parts = foldName(text)
    .split(' ')
    .filter((word) => word !== '' && !titles.has(word));
  return isGap(parts) ? '' : joined(parts).join(' ');
}

/** "Dr. Ann Lee", "Lee, Ann", "Anna van der Meer": what stands before a comma, or last with its particles, is the family name. */
export function wholeName(text: string): Name {
  const [before = '', ...behind] = text.split(',');
  const given = givenName(behind.join(' '));
  if (given !== '') return { given, family: familyName(before) };
  const parts = foldName(before)
    .split(' ')
    .filter((word) => word !== '' && !titles.has(word));
  if (isGap(parts)) return { given: '', family: '' };
  if (parts.length < 2) return { given: '', family: familyName(before) };
  let cut = parts.length - 1;
  while (cut > 1 && particles.has(parts[cut - 1]!)) cut--;
  const [first, last] = [parts.slice(0, cut).join(' '), parts.slice(cut).join(' ')];
  return { given: givenName(first), family: familyName(last) };
}

function joined(parts: readonly string[]): string[] {
  const names: string[] = [];
  let waiting = '';
  for (const [i, part] of parts.entries()) {
    if (particles.has(part) && i < parts.length - 1) waiting += part;
    else {
      names.push(waiting + part);
      waiting = '';
    }
  }
  return names;
}
