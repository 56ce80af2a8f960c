import type { Reader } from './reader.ts';

type Answers = readonly [yes: readonly string[], no: readonly string[]];
type YesNo = Extract<Reader, { as: 'yes-no' }>;

/** Pairs of answers by language; lower case. */
const answers: readonly Answers[] = (
  'yes y/no n|true t/false f|ja j/nein n|oui o/non n|si sí s/no n|sì si s/no n|sim s/não nao n|ja j/nee n|ja j/nej n|' +
  'wahr/falsch|vrai/faux|verdadero/falso|vero/falso|verdadeiro/falso|waar/onwaar|tak t/nie n|ano a/ne n|igen i/nem n|' +
  'da/ne|da/nu|evet e/hayır hayir h|kyllä k/ei e|да д/нет н|так/ні|ναι/όχι οχι|はい/いいえ|是/否|예/아니요 아니오|on/off'
)
  .split('|')
  .map((pair) => {
    const [yes = '', no = ''] = pair.split('/');
    return [yes.split(' '), no.split(' ')] as const;
  });
const digits: YesNo = { as: 'yes-no', yes: ['1', '1.0'], no: ['0', '0.0'] };
const flagName =
  /^(is|has|was|did|does|ist|hat|est|tiene)[ _-]|^(is|has|was|did|ist|hat)[A-Z]|(^|[ _-])(flag|yn|bool|boolean|ja[ _/]?nein|opt[ _-]?in)$/i;

/** The language in which all cells are answers, if there is one; 0 and 1 only where the name asks a question. */
export function yesNoOf(cells: readonly string[], header = ''): YesNo | null {
  const seen = new Set<string>();
  for (const cell of cells) {
    if (cell.length > 20) return null;
    seen.add(cell.trim().toLowerCase());
    if (seen.size > 4) return null;
  }
  const said = [...seen];
  if (flagName.test(header.trim()) && said.length > 1 && said.every((word) => isOf(digits, word)))
    return digits;
  for (const [yes, no] of answers) {
    if (!said.every((word) => yes.includes(word) || no.includes(word))) continue;
    if (said.some((word) => word.length > 1) || said.length > 1) return { as: 'yes-no', yes, no };
  }
  return null;
}

/** The answers that read most cells, 0 and 1 among them, and the share that they read: for a person to choose. */
export function bestYesNo(
  cells: readonly string[],
): { readonly reader: YesNo; readonly fits: number } | null {
  const words = cells.map((cell) => cell.trim().toLowerCase());
  const all: readonly YesNo[] = [
    ...answers.map(([yes, no]): YesNo => ({ as: 'yes-no', yes, no })),
    digits,
  ];
  const judged = all.map((reader) => ({
    reader,
    fits: words.filter((word) => isOf(reader, word)).length / Math.max(1, words.length),
  }));
  const best = judged.reduce((a, b) => (b.fits > a.fits ? b : a));
  return best.fits > 0 ? best : null;
}

const isOf = ({ yes, no }: YesNo, word: string): boolean => yes.includes(word) || no.includes(word);
