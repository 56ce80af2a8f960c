import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openFile, type Opened } from '../../../src/files/open.ts';
import { split } from '../../../src/files/split.ts';

/** What test/golden/formats.py planted in its files. */
type Planted = {
  readonly file: string;
  readonly part: readonly string[] | null;
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
};

const planted = JSON.parse(readFileSync('test/golden/formats.json', 'utf8')) as readonly Planted[]; // as: written by formats.py
const fixture = (name: string) =>
  new File([readFileSync(`test/fixtures/formats/${name}`)], name, { lastModified: 0 });

/** The records that the database is given. */
export async function cellsOf(file: File, { copy, offset, dialect }: Opened) {
  const text = await (copy ?? file).slice(offset).text();
  return split(text, dialect, { limit: Infinity, whole: true }).rows;
}

describe('a table of every format comes out cell for cell as it was planted', () => {
  it.each(planted.map((one) => [[one.file, ...(one.part ?? [])].join(' › '), one] as const))(
    '%s',
    async (_, { file: name, part, headers, rows, notes }) => {
      const file = fixture(name);
      const opened = await openFile(file, part ? { part } : {});
      expect(opened.headers).toEqual(headers);
      expect(await cellsOf(file, opened)).toEqual(rows);
      for (const note of notes) expect(opened.notes.join('\n')).toContain(note);
      if (notes.length === 0) expect(opened.notes).toEqual([]);
    },
  );
});
