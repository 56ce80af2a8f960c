import { unattended, type Job } from '../../src/lib/job.ts';
import { makeTable } from '../../src/samples/make.ts';
import type { SampleSpec, TableId } from '../../src/samples/types.ts';

/** All bytes of a table. */
export async function bytesOf(
  spec: SampleSpec,
  table: TableId,
  job: Job = unattended,
): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of makeTable(spec, table, job)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** RFC 4180, strictly: throws on a stray quote or a ragged row. */
export function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\n]*))([,\n])/gy;
  while (cells.lastIndex < text.length) {
    const at = cells.lastIndex;
    const found = cells.exec(text);
    if (!found) throw new Error(`not CSV at ${at}: ${text.slice(at, at + 80)}`);
    row.push(found[1]?.replaceAll('""', '"') ?? found[2]!);
    if (found[3] === ',') continue;
    if (rows.length > 0 && row.length !== rows[0]!.length) throw new Error(`ragged: ${row}`);
    rows.push(row);
    row = [];
  }
  return rows;
}

/** Rows of a table as objects by column. */
export async function rowsOf(spec: SampleSpec, table: TableId): Promise<Record<string, string>[]> {
  const [header, ...rows] = parse((await bytesOf(spec, table)).toString('utf8'));
  return rows.map((row) => Object.fromEntries(header!.map((name, i) => [name, row[i]!])));
}
