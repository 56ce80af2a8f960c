/** Columns that tables here have of their own; a column of the file may not be called so. */
const reserved = ['line', 'unreadable', 'customer'];

/**
 * One safe name a column: as in the file where that is possible, else numbered. No two are equal when case is ignored,
 * as DuckDB ignores it.
 */
export function uniqueNames(headers: readonly string[]): readonly string[] {
  const taken = new Set(reserved);
  const wanted = headers.map((header, i) => clean(header) || `column_${i + 1}`);
  return wanted.map((base) => {
    let name = base;
    for (let n = 2; taken.has(key(name)); n++) name = `${base}_${n}`;
    taken.add(key(name));
    return name;
  });
}

const key = (name: string): string => name.toLowerCase().normalize('NFC');

/** Control and invisible characters taken out, so that a name can be shown and quoted. */
const clean = (header: string): string =>
  header
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 100)
    .trim();
