import { TesseraError } from '../../lib/errors.ts';
import type { Entry } from './archive.ts';
import { readFormat, unescapeOffice, type CellFormat } from './excel-cells.ts';
import { MOST_SHEET_BYTES, unsafe } from './limits.ts';
import { attribute, XmlScanner, type XmlListener } from './xml.ts';

export type Sheet = { readonly name: string; readonly entry: Entry };

export type Workbook = {
  readonly sheets: readonly Sheet[];
  readonly date1904: boolean;
  /** By the number that a cell gives as its style. */
  readonly formats: readonly CellFormat[];
  readonly strings: Entry | null;
};

/** Excel ends at 32,767 characters; others write more. */
const LONGEST_TEXT = 10_000_000;

const nothing = () => {};

/** Reads an XML member piece by piece. Throws archive-unsafe, file-unreadable; `stop` may end it early. */
export async function scanXml(
  entry: Entry,
  listener: Partial<XmlListener>,
  stop: () => boolean = () => false,
): Promise<void> {
  const scanner = new XmlScanner({ open: nothing, text: nothing, close: nothing, ...listener });
  const decoder = new TextDecoder();
  await entry.read(MOST_SHEET_BYTES, (piece) => {
    scanner.push(decoder.decode(piece, { stream: true }));
    return !stop();
  });
}

/** Finds the sheets of an .xlsx and what their cells need. Throws file-unreadable where a part is missing. */
export async function openWorkbook(entries: readonly Entry[]): Promise<Workbook> {
  const byName = new Map(entries.map((entry) => [tidy(entry.name), entry]));
  const main = [...byName.keys()].find((name) => /(^|\/)workbook\d*\.xml$/.test(name));
  const book = main === undefined ? undefined : byName.get(main);
  if (main === undefined || !book)
    throw new TesseraError('file-unreadable', 'The workbook has no list of its sheets.');
  const folder = main.slice(0, main.lastIndexOf('/') + 1);
  const targets = await relations(byName.get(`${folder}_rels/${main.slice(folder.length)}.rels`));
  const found: { name: string; id: string }[] = [];
  let date1904 = false;
  await scanXml(book, {
    open(name, attributes) {
      if (name === 'workbookPr') date1904 = isTrue(attribute(attributes, 'date1904'));
      if (name === 'sheet')
        found.push({
          name: attribute(attributes, 'name') ?? `Sheet ${found.length + 1}`,
          id: attribute(attributes, 'r:id') ?? attribute(attributes, 'id') ?? '',
        });
    },
  });
  const at = (target: string) =>
    byName.get(target.startsWith('/') ? target.slice(1) : resolve(folder + target));
  const one = (type: string) => {
    const target = [...targets.values()].find((relation) => relation.type === type)?.target;
    return target === undefined ? undefined : at(target);
  };
  const styles = one('styles');
  return {
    sheets: found.flatMap(({ name, id }) => {
      const relation = targets.get(id);
      const entry = relation?.type === 'worksheet' ? at(relation.target) : undefined;
      return entry ? [{ name, entry }] : [];
    }),
    date1904,
    formats: styles ? await readStyles(styles) : [],
    strings: one('sharedStrings') ?? null,
  };
}

const tidy = (name: string): string => name.replaceAll('\\', '/').replace(/^\//, '');
const isTrue = (value: string | null): boolean => value === '1' || value === 'true';
const resolve = (path: string): string => path.replace(/[^/]+\/\.\.\//g, '').replace(/\.\//g, '');

type Relation = { readonly type: string; readonly target: string };

async function relations(entry: Entry | undefined): Promise<ReadonlyMap<string, Relation>> {
  const found = new Map<string, Relation>();
  if (!entry) return found;
  await scanXml(entry, {
    open(name, attributes) {
      if (name !== 'Relationship') return;
      const type = (attribute(attributes, 'Type') ?? '').split('/').at(-1) ?? '';
      const target = tidyTarget(attribute(attributes, 'Target') ?? '');
      found.set(attribute(attributes, 'Id') ?? '', { type, target });
    },
  });
  return found;
}

const tidyTarget = (target: string): string => target.replaceAll('\\', '/');

async function readStyles(entry: Entry): Promise<readonly CellFormat[]> {
  const codes = new Map<number, string>();
  const formats: CellFormat[] = [];
  let inCells = false;
  await scanXml(entry, {
    open(name, attributes) {
      if (name === 'cellXfs') inCells = true;
      const id = Number(attribute(attributes, 'numFmtId') ?? 0);
      if (name === 'numFmt') codes.set(id, attribute(attributes, 'formatCode') ?? '');
      if (name === 'xf' && inCells) formats.push(readFormat(id, codes.get(id)));
    },
    close: (name) => void (inCells &&= name !== 'cellXfs'),
  });
  return formats;
}

/** Text of a cell as it comes. Throws archive-unsafe far beyond what a cell can hold. */
export function longer(text: string, piece: string): string {
  if (text.length > LONGEST_TEXT) throw unsafe('One of its texts is longer than any cell.');
  return text + piece;
}

/** The texts that cells point to, in order. Rich text is joined; readings (`rPh`) are left out. */
export async function readStrings(entry: Entry): Promise<readonly string[]> {
  const strings: string[] = [];
  let text = '';
  let inText = false;
  let inReading = false;
  await scanXml(entry, {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 'rPh') inReading = true;
      else if (name === 't') inText = true;
    },
    text: (piece) => void (inText && !inReading && (text = longer(text, piece))),
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') inReading = false;
      else if (name === 'si') strings.push(unescapeOffice(text));
    },
  });
  return strings;
}
