import { unattended, type Job } from '../lib/job.ts';
import { cell, CsvBytes } from './csv-bytes.ts';
import { tablesOf } from './schemes.ts';
import type { SampleSpec, TableId } from './types.ts';

/** Customers between two breaths: well under a millisecond each. */
const BREATH = 64;

/**
 * One table as CSV in pieces of about a megabyte, each ending with a whole row; memory does not grow with the number of customers.
 * UTF-8, comma, LF, header first. O(customers × days). Throws a RangeError on a spec or table that does not exist.
 */
export async function* makeTable(
  spec: SampleSpec,
  table: TableId,
  job: Job = unattended,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const writer = tablesOf(spec).get(table);
  if (!writer) throw new RangeError(`${spec.scheme} has no table "${table}"`);
  const out = new CsvBytes();
  for (const column of writer.columns) out.cell(cell(column));
  out.end();
  writer.shared?.(out);
  const customers = writer.customer ? spec.customers : 0;
  for (let index = 0; index < customers; index++) {
    writer.customer?.(index, out);
    if (index % BREATH === 0) {
      job.signal.throwIfAborted();
      await job.breathe();
    }
    if (out.full) {
      job.progress('Making the sample', index + 1, customers);
      yield out.take();
    }
  }
  job.signal.throwIfAborted();
  job.progress('Making the sample', customers, customers);
  yield out.take();
}

/** The rows of one customer alone: the same bytes as in the whole table, without header. */
export function makeRows(spec: SampleSpec, table: TableId, index: number): Uint8Array<ArrayBuffer> {
  const out = new CsvBytes();
  tablesOf(spec).get(table)?.customer?.(index, out);
  return out.take();
}

/** A table as a stream, made as fast as it is read; cancelling the reader stops the work. */
export function streamTable(
  spec: SampleSpec,
  table: TableId,
  job: Job = unattended,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const pieces = makeTable(spec, table, job);
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return();
    },
  });
}

/** A table as a Blob. Each piece becomes a Blob at once, so that the browser may keep it on disk. */
export async function makeBlob(
  spec: SampleSpec,
  table: TableId,
  job: Job = unattended,
): Promise<Blob> {
  const parts: Blob[] = [];
  for await (const piece of makeTable(spec, table, job)) parts.push(new Blob([piece]));
  return new Blob(parts, { type: 'text/csv' });
}
