/** Languages whose names of months are read. */
export type MonthLanguage = 'en' | 'de' | 'fr' | 'es' | 'it' | 'nl' | 'pt';

const names: Readonly<Record<MonthLanguage, string>> = {
  en: 'january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sep sept|october oct|november nov|december dec',
  de: 'januar jan jänner jaenner|februar feb feber|märz mär mrz maerz|april apr|mai|juni jun|juli jul|august aug|september sep sept|oktober okt|november nov|dezember dez',
  fr: 'janvier janv jan|février févr fév fevrier fev|mars mar|avril avr|mai|juin|juillet juil|août aout aoû|septembre sept sep|octobre oct|novembre nov|décembre déc decembre dec',
  es: 'enero ene|febrero feb|marzo mar|abril abr|mayo may|junio jun|julio jul|agosto ago|septiembre sep sept set setiembre|octubre oct|noviembre nov|diciembre dic',
  it: 'gennaio gen|febbraio feb|marzo mar|aprile apr|maggio mag|giugno giu|luglio lug|agosto ago|settembre set sett|ottobre ott|novembre nov|dicembre dic',
  nl: 'januari jan|februari feb|maart mrt maa|april apr|mei|juni jun|juli jul|augustus aug|september sep sept|oktober okt|november nov|december dec',
  pt: 'janeiro jan|fevereiro fev|março mar marco|abril abr|maio mai|junho jun|julho jul|agosto ago|setembro set|outubro out|novembro nov|dezembro dez',
};

export const monthLanguages = Object.keys(names) as readonly MonthLanguage[]; // of the record above

/** A language in words. */
export const languageName: Readonly<Record<MonthLanguage, string>> = {
  en: 'English',
  de: 'German',
  fr: 'French',
  es: 'Spanish',
  it: 'Italian',
  nl: 'Dutch',
  pt: 'Portuguese',
};

/** Every name and abbreviation of a month with its number, 1 to 12; lower case, without a full stop. */
export const monthWords = (
  language: MonthLanguage,
): readonly { readonly word: string; readonly month: number }[] =>
  names[language]
    .split('|')
    .flatMap((words, i) => words.split(' ').map((word) => ({ word, month: i + 1 })));

/** What a cell with a month in words looks like: with or without a weekday, the day before or behind the month. RE2 and JavaScript. */
export const wordedDate = String.raw`\s*(?:\p{L}{2,12}[.,]{0,2}\s+)?(?:\d{1,2}(?:er|st|nd|rd|th|[.ºª°])?[\s./-]{0,3}(?:(?:de|del|di|of)\s+)?\p{L}{3,12}[.]?[\s,./-]{0,3}(?:(?:de|del|di|of)\s+)?|\p{L}{3,12}[.]?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+)(?:\d{4}|\d{2})(?:[,\s]+\d{1,2}:\d{2}(?::\d{2})?)?\s*`;

/** A weekday in front of the day, to be replaced by what follows. RE2 and JavaScript. */
export const weekday = String.raw`^\s*\p{L}{2,12}[.,]{0,2}\s+(\d{1,2}[^0-9]{0,6}\p{L}{3})`;
export const monthWord = String.raw`\p{L}{3,}`;

const test = new RegExp(`^${wordedDate}$`, 'iu');
const front = new RegExp(weekday, 'u');
const word = new RegExp(monthWord, 'u');

/** The cell with its month as a number and nothing but numbers, colons and single spaces: "12 3 2024 8:15"; null where it is none. */
export function numbered(cell: string, words: ReadonlyMap<string, number>): string | null {
  if (cell.length > 60 || !test.test(cell)) return null;
  const text = cell.toLowerCase().replace(front, '$1').replace(' del ', ' ');
  const name = word.exec(text)?.[0] ?? '';
  const month = words.get(name);
  if (month === undefined) return null;
  return text
    .replace(name, ` ${month} `)
    .replace(/[^0-9:]+/g, ' ')
    .trim();
}

/** Names to numbers. */
export const monthNumbers = (language: MonthLanguage): ReadonlyMap<string, number> =>
  new Map(monthWords(language).map(({ word: name, month }) => [name, month]));
