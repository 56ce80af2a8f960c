/** Letters of separators of several characters. Blanks, quotes, points and dashes also stand in cells. */
const marks = '|:~^#$%&@*!<>;=\\/+\t';
/** A separator that is one of these twice is a usual one; “,,” is an empty cell. */
const doubled = '|:~^#$%&@*!';
const LONGEST = 4;
const LINES = 500;

/**
 * The separator of several characters of which `delimiter`, which seems to separate, is a part (null: nothing seems to): `||`, `::`, `~|~`. Null where there is
 * none: each line must hold it as often, the first three without exception, and hold the single character nowhere else. O(text).
 */
export function longDelimiter(lines: readonly string[], delimiter: string | null): string | null {
  const table = lines
    .filter((line) => line.trim() !== '')
    .slice(0, LINES)
    .map((line) => line.replace(/"[^"]*"/g, '""')); // what stands inside quotes separates nothing
  const [, sample = ''] = table;
  if (table.length < 3) return null;
  const single = [...marks].filter((mark) =>
    delimiter === null ? sample.includes(mark) : mark === delimiter,
  );
  for (const mark of single) {
    const found = candidates(sample, mark).find((long) => separates(table, long, mark));
    if (found) return found;
  }
  return null;
}

/** What of a line could be one, longest first. */
function candidates(line: string, delimiter: string): readonly string[] {
  const found = new Set<string>();
  for (let size = LONGEST; size > 1; size--)
    for (let at = 0; at + size <= line.length; at++) {
      const long = line.slice(at, at + size);
      if (!long.includes(delimiter) || [...long].some((letter) => !marks.includes(letter)))
        continue;
      if (new Set(long).size > 1 || doubled.includes(delimiter)) found.add(long);
    }
  return [...found];
}

function separates(lines: readonly string[], long: string, delimiter: string): boolean {
  const often = lines[1]!.split(long).length;
  const fits = lines.map((line) => {
    const cells = line.split(long);
    return cells.length === often && cells.every((cell) => !cell.includes(delimiter));
  });
  return (
    often > 1 &&
    fits.slice(0, 3).every(Boolean) &&
    fits.filter(Boolean).length >= 0.95 * fits.length
  );
}
