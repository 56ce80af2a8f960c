import { readRecord } from '../files/formats/json-rows.ts';
import { checkMend, recordText } from '../files/mend.ts';
import type { OpenSource } from '../files/types.ts';

type Shape = Pick<OpenSource, 'headers' | 'dialect' | 'columns'>;

/** The cells of a text that is a JSON record: by the names of the columns, or in the order of a list. Null where it is none. */
export function jsonCells(text: string, { headers }: Shape): readonly string[] | null {
  const record = readRecord(text);
  if (!record) return null;
  if (record.kind === 'list') return record.cells.map(([, cell]) => cell);
  return headers.map((name) => record.cells.find(([path]) => path.trim() === name)?.[1] ?? '');
}

/** A record with these cells, empty ones left out where they have names. */
export function jsonText(cells: readonly string[], { headers, dialect }: Shape): string {
  if (!dialect.header) return JSON.stringify(cells);
  const named = cells.flatMap((cell, c): [string, string][] =>
    cell === '' ? [] : [[headers[c] ?? '', cell]],
  );
  return `{${named.map(([name, cell]) => `${JSON.stringify(name)}: ${JSON.stringify(cell)}`).join(', ')}}`;
}

/** Why this text cannot stand for a record that was JSON, in a sentence; null where it can. */
export function checkJson(text: string, shape: Shape): string | null {
  const record = readRecord(text);
  const row = jsonRow(text, shape);
  if (!record || row === null) return 'It is not one JSON record.';
  const unknown =
    record.kind === 'object' &&
    record.cells.find(([path]) => !shape.headers.includes(path.trim()))?.[0];
  if (typeof unknown === 'string') return `The table has no column “${unknown}”.`;
  return checkMend(row, shape.dialect, { columns: shape.columns, lines: 1 });
}

/** The record as it is written among those that could be read; null where it is none. */
export function jsonRow(text: string, shape: Shape): string | null {
  const cells = jsonCells(text, shape);
  return cells && recordText(cells, shape.dialect);
}

/** A text that is JSON but for what Python and JavaScript write otherwise: None, True, NaN, single quotes, a comma too many. Null where that is not it. */
export function tidiedJson(text: string): { readonly text: string; readonly why: string } | null {
  const found = new Set<string>();
  const token =
    /"(?:[^"\\]|\\.)*"|'(?:[^'\\"]|\\.)*'|,\s*(?=[}\]])|\b(?:None|NaN|-?Infinity|undefined|True|False)\b/g;
  const tidied = text.replace(token, (it) => {
    if (it.startsWith('"')) return it;
    if (it.startsWith("'")) {
      found.add('single quotes');
      return `"${it.slice(1, -1).replaceAll("\\'", "'")}"`;
    }
    found.add(it.startsWith(',') ? 'a comma too many' : it);
    return it.startsWith(',') ? '' : it === 'True' || it === 'False' ? it.toLowerCase() : 'null';
  });
  if (found.size === 0 || !readRecord(tidied)) return null;
  return {
    text: tidied,
    why: `Read as JSON with ${[...found].join(', ')} taken for what is meant.`,
  };
}
