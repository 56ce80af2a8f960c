import type { Encoding } from './types.ts';

/** What the letters of an encoding are: of Latin ones the languages that it was made for, else the script. */
export type Letters =
  | { readonly script: 'latin'; readonly languages: Readonly<Record<string, string>> }
  | { readonly script: 'cyrillic' | 'greek' | 'hebrew' | 'arabic' | 'thai' | 'asian' };

const western = {
  German: 'äöüßÄÖÜ',
  French: 'àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ',
  Spanish: 'áéíóúüñÁÉÍÓÚÜÑ',
  Italian: 'àèéìòùÀÈÉÌÒÙ',
  Portuguese: 'áâãàçéêíóôõúüÁÂÃÀÇÉÊÍÓÔÕÚÜ',
  Dutch: 'ëïéèöüáóËÏÉÖÜ',
  Danish: 'æøåéÆØÅ',
  Swedish: 'åäöéÅÄÖ',
  Icelandic: 'áðéíóúýþæöÁÐÉÍÓÚÝÞÆÖ',
};
const central = {
  Polish: 'ąćęłńóśźżĄĆĘŁŃÓŚŹŻ',
  Czech: 'áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ',
  Slovak: 'áäčďéíĺľňóôŕšťúýžÁÄČĎÉÍĹĽŇÓÔŔŠŤÚÝŽ',
  Hungarian: 'áéíóöőúüűÁÉÍÓÖŐÚÜŰ',
  Romanian: 'ăâîşţĂÂÎŞŢ',
  Croatian: 'čćđšžČĆĐŠŽ',
  German: 'äöüßÄÖÜ',
};
const turkish = { Turkish: 'çğıöşüâîûÇĞİÖŞÜ' };
const baltic = {
  Lithuanian: 'ąčęėįšųūžĄČĘĖĮŠŲŪŽ',
  Latvian: 'āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽ',
  Estonian: 'äõöüšžÄÕÖÜŠŽ',
};

type Known = {
  readonly encoding: Encoding;
  /** For people: "Windows-1252 (Western)". */
  readonly name: string;
  readonly letters: Letters;
  /** How often a file of unknown origin is written so, against the commonest of its kind. */
  readonly prior: number;
};

const latin = (languages: Readonly<Record<string, string>>): Letters => ({
  script: 'latin',
  languages,
});

/** Every encoding that is claimed, in the order in which it is offered. */
export const encodings: readonly Known[] = [
  { encoding: 'utf-8', name: 'UTF-8', letters: latin({}), prior: 1 },
  { encoding: 'utf-16le', name: 'UTF-16, little end first', letters: latin({}), prior: 1 },
  { encoding: 'utf-16be', name: 'UTF-16, big end first', letters: latin({}), prior: 1 },
  {
    encoding: 'windows-1252',
    name: 'Windows-1252 or Latin-1 (Western)',
    letters: latin(western),
    prior: 1,
  },
  {
    encoding: 'iso-8859-15',
    name: 'ISO-8859-15 (Western, with €)',
    letters: latin(western),
    prior: 0.98,
  },
  {
    encoding: 'windows-1250',
    name: 'Windows-1250 (Central European)',
    letters: latin(central),
    prior: 0.97,
  },
  {
    encoding: 'iso-8859-2',
    name: 'ISO-8859-2 (Central European)',
    letters: latin(central),
    prior: 0.94,
  },
  {
    encoding: 'windows-1251',
    name: 'Windows-1251 (Cyrillic)',
    letters: { script: 'cyrillic' },
    prior: 1,
  },
  { encoding: 'koi8-r', name: 'KOI8-R (Russian)', letters: { script: 'cyrillic' }, prior: 0.9 },
  {
    encoding: 'iso-8859-5',
    name: 'ISO-8859-5 (Cyrillic)',
    letters: { script: 'cyrillic' },
    prior: 0.9,
  },
  {
    encoding: 'windows-1253',
    name: 'Windows-1253 (Greek)',
    letters: { script: 'greek' },
    prior: 0.97,
  },
  {
    encoding: 'windows-1254',
    name: 'Windows-1254 (Turkish)',
    letters: latin(turkish),
    prior: 0.95,
  },
  {
    encoding: 'windows-1255',
    name: 'Windows-1255 (Hebrew)',
    letters: { script: 'hebrew' },
    prior: 0.95,
  },
  {
    encoding: 'windows-1256',
    name: 'Windows-1256 (Arabic)',
    letters: { script: 'arabic' },
    prior: 0.95,
  },
  { encoding: 'windows-1257', name: 'Windows-1257 (Baltic)', letters: latin(baltic), prior: 0.93 },
  { encoding: 'macintosh', name: 'Mac Roman (Western)', letters: latin(western), prior: 0.94 },
  { encoding: 'cp850', name: 'CP850 (DOS, Western)', letters: latin(western), prior: 0.9 },
  { encoding: 'cp437', name: 'CP437 (DOS, US)', letters: latin(western), prior: 0.88 },
  { encoding: 'shift_jis', name: 'Shift-JIS (Japanese)', letters: { script: 'asian' }, prior: 1 },
  { encoding: 'euc-jp', name: 'EUC-JP (Japanese)', letters: { script: 'asian' }, prior: 0.97 },
  { encoding: 'gb18030', name: 'GB18030 (Chinese)', letters: { script: 'asian' }, prior: 1 },
  {
    encoding: 'big5',
    name: 'Big5 (Chinese, traditional)',
    letters: { script: 'asian' },
    prior: 0.98,
  },
  { encoding: 'euc-kr', name: 'EUC-KR (Korean)', letters: { script: 'asian' }, prior: 0.99 },
];

/** An encoding in words. */
export const encodingName = (encoding: Encoding): string =>
  encodings.find((known) => known.encoding === encoding)?.name ?? encoding;
