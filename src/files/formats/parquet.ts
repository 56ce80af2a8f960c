import type { Compressors, FileMetaData } from 'hyparquet';
import { TesseraError } from '../../lib/errors.ts';
import { count } from '../../lib/format.ts';
import type { Job } from '../../lib/job.ts';
import { CsvWriter } from './csv-writer.ts';
import { MOST_PIECE_BYTES, unsafe } from './limits.ts';
import { cellReaders } from './parquet-cells.ts';
import { takeMeanings } from './parquet-meanings.ts';
import { exactly, nestedNotes, type Transcript } from './types.ts';

/** Cells decoded at a time: some tens of megabytes. */
const CELLS = 400_000;

/**
 * A Parquet file as CSV, part of a row group after part. Decimals and 64-bit numbers exact, times in UTC as ISO without a zone,
 * records as `outer.inner`, lists as JSON. Throws file-unreadable, archive-unsafe. O(cells).
 */
export async function transcribeParquet(file: File, most: number, job: Job): Promise<Transcript> {
  const { parquetMetadataAsync, parquetRead, parquetSchema } = await import('hyparquet');
  const { compressors, decompressZstd } = await import('hyparquet-compressors');
  const unpackers = guarded({
    ...compressors,
    ZSTD: (input, size) => decompressZstd(input, new Uint8Array(size)),
  });
  const source = {
    byteLength: file.size,
    slice: (from: number, to: number = file.size) => file.slice(from, to).arrayBuffer(),
  };
  const metadata = await parquetMetadataAsync(source, { geoparquet: false });
  const rows = Number(metadata.num_rows);
  const writer = new CsvWriter(most, file.size);
  refuseLies(metadata, writer);
  const meanings = takeMeanings(metadata.schema);
  const tree = parquetSchema(metadata);
  const columns = cellReaders(tree, meanings);
  const names = columns.flat().map(({ name }) => name);
  writer.row(names);
  const step = Math.max(500, Math.floor(CELLS / Math.max(1, names.length)));
  let from = 0;
  for (const group of metadata.row_groups) {
    const end = from + Number(group.num_rows);
    while (from < end) {
      const rowEnd = Math.min(end, from + step);
      await parquetRead({
        file: source,
        metadata,
        rowStart: from,
        rowEnd,
        compressors: unpackers,
        utf8: false,
        geoparquet: false,
        parsers: { timestampFromNanoseconds: (nanos) => nanos, jsonFromBytes: textOf },
        onComplete(read: unknown[][]) {
          if (read.length !== rowEnd - from) throw new RangeError('it has fewer rows than it says');
          for (const row of read)
            writer.row(
              columns.flatMap((readers, c) => readers.map((reader) => reader.read(row[c]))),
            );
        },
      });
      from = rowEnd;
      job.progress('Reading the Parquet file', from, rows);
      await job.breathe();
      job.signal.throwIfAborted();
    }
  }
  return {
    text: writer.file(file.name),
    fileLines: writer.fileLines(),
    given: exactly,
    reason: `A Parquet file with ${count(rows)} rows.`,
    notes: nestedNotes(
      columns.map((readers, c) => [
        tree.children[c]?.element.name ?? '',
        readers.map(({ name }) => name),
      ]),
    ),
  };
}

const decoder = new TextDecoder();
const textOf = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && decoder.decode(bytes);

/** Row counts that contradict each other or that no file of this size can mean. */
function refuseLies(metadata: FileMetaData, writer: CsvWriter): void {
  const groups = metadata.row_groups.map(({ num_rows }) => Number(num_rows));
  const rows = groups.reduce((sum, own) => sum + own, 0);
  if (groups.some((own) => own < 0) || rows !== Number(metadata.num_rows))
    throw new TesseraError(
      'file-unreadable',
      'Its parts do not add up to the rows that it says it has.',
    );
  writer.expect(rows, metadata.schema.filter((element) => !element.num_children).length);
  for (const group of metadata.row_groups)
    for (const { meta_data: column } of group.columns)
      if (column && Number(column.num_values) < Number(group.num_rows))
        throw new TesseraError('file-unreadable', 'One of its columns is shorter than the others.');
}

/** Decompressors that do not believe a size that no page has. */
function guarded(compressors: Compressors): Compressors {
  const safe: Compressors = {};
  for (const [name, unpack] of Object.entries(compressors))
    safe[name as keyof Compressors] = (input, size) => {
      if (!(size >= 0 && size <= MOST_PIECE_BYTES))
        throw unsafe('One of its pages says that it unpacks to more than 256 MB.');
      return unpack(input, size);
    };
  return safe;
}
