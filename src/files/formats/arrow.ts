import type { Table } from '@uwdata/flechette';
import { TesseraError } from '../../lib/errors.ts';
import { count } from '../../lib/format.ts';
import type { Job } from '../../lib/job.ts';
import { arrowColumns, cellsOf, type ArrowColumn } from './arrow-cells.ts';
import { arrowMessages } from './arrow-messages.ts';
import { CsvWriter } from './csv-writer.ts';
import { unpackLz4Frame } from './lz4.ts';
import { exactly, nestedNotes, type Transcript } from './types.ts';

const ROWS = 1000;

/**
 * An Arrow file, Feather 2 or Arrow stream as CSV, batch after batch. Decimals and 64-bit numbers exact, times in UTC as ISO
 * without a zone, records as `outer.inner`, lists as JSON. Throws file-unreadable, archive-unsafe. O(cells).
 */
export async function transcribeArrow(file: File, most: number, job: Job): Promise<Transcript> {
  const { tableFromIPC } = await import('@uwdata/flechette');
  const { decompressZstd } = await import('hyparquet-compressors');
  const zstd = (packed: Uint8Array, size: number) => decompressZstd(packed, new Uint8Array(size));
  const writer = new CsvWriter(most, file.size);
  const read = (messages: readonly Uint8Array[]) =>
    tableFromIPC([...messages], { useBigInt: true, useDecimalInt: true });
  let columns: readonly (readonly ArrowColumn[])[] | null = null;
  let names: readonly string[] = [];
  const before: Uint8Array[] = [];
  let rows = 0;
  let done = 0;
  for await (const { kind, bytes } of arrowMessages(file, [unpackLz4Frame, zstd])) {
    job.signal.throwIfAborted();
    if (kind !== 'batch') before.push(bytes);
    if (kind === 'schema') {
      const { fields } = read([bytes]).schema;
      columns = arrowColumns(fields);
      names = fields.map(({ name }) => name);
      writer.row(columns.flat().map(({ name }) => name));
    } else if (kind === 'batch') {
      if (!columns) throw new RangeError('it has rows before its columns');
      rows += await writeBatch(read([...before, bytes]), columns, { writer, job });
    }
    job.progress('Reading the Arrow file', (done += bytes.length), Math.max(done, file.size));
  }
  if (!columns) throw new TesseraError('file-unreadable', 'It names no columns.');
  return {
    text: writer.file(file.name),
    fileLines: writer.fileLines(),
    given: exactly,
    reason: `An Arrow file with ${count(rows)} rows.`,
    notes: nestedNotes(columns.map((own, c) => [names[c] ?? '', own.map(({ name }) => name)])),
  };
}

async function writeBatch(
  table: Table,
  columns: readonly (readonly ArrowColumn[])[],
  { writer, job }: { readonly writer: CsvWriter; readonly job: Job },
): Promise<number> {
  writer.expect(table.numRows, columns.length);
  const cells = columns.flat().map((column) => {
    const batch = table.children[column.top]?.data[0];
    if (!batch) throw new RangeError('a batch lacks a column');
    return cellsOf(batch, column);
  });
  for (let row = 0; row < table.numRows; row++) {
    writer.row(cells.map((cell) => cell(row)));
    if (row % ROWS === 0) await job.breathe();
  }
  return table.numRows;
}
