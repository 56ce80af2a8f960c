import { cpus, totalmem } from 'node:os';

/** Middle value; the mean of the two in the middle where there is none. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? NaN) + (sorted[Math.floor(half)] ?? NaN)) / 2;
}

/** What a figure was measured on. */
export const machine = (): string =>
  `${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim() || 'unknown'}, ` +
  `${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;

/** Rows of cells as aligned columns; the first is text, the others numbers. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, c) =>
    Math.max(...rows.map((row) => row[c]?.length ?? 0)),
  );
  const pad = (cell: string, c: number) =>
    c === 0 ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0);
  for (const row of rows) console.log(`  ${row.map(pad).join('  ').trimEnd()}`);
}

export const seconds = (ms: number | undefined): string =>
  ms === undefined || Number.isNaN(ms) ? '–' : `${(ms / 1000).toFixed(2)} s`;
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
export const kilobytes = (bytes: number): string => `${(bytes / 1e3).toFixed(0)} kB`;
