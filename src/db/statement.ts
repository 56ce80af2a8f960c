import type { AsyncDuckDB } from '@duckdb/duckdb-wasm';
import { RecordBatchReader, Table } from 'apache-arrow';
import { EngineDied, failure } from './failure.ts';

/**
 * Runs `statements` in order on one connection of their own: cancelling them never stops anyone else's. Between any two answers
 * of the worker (at most about 0.1 s apart, unless one operator is busy for longer) an abort is noticed, the statement is cancelled
 * and the signal's reason thrown; by then the worker has let go. So no TEMP tables: they end with the connection.
 */
export async function runTogether(
  db: AsyncDuckDB,
  statements: readonly string[],
  signal?: AbortSignal,
): Promise<readonly Table[]> {
  signal?.throwIfAborted();
  const connection = await db.connectInternal();
  const tables: Table[] = [];
  try {
    for (const text of statements) tables.push(await run(db, connection, text, signal));
  } catch (error) {
    if (!(error instanceof EngineDied)) await db.disconnect(connection); // a trapped engine would only trap again
    throw error;
  }
  await db.disconnect(connection);
  return tables;
}

/** `query()` and prepared statements run to their end before anything else is heard; a pending query can be cancelled. */
async function run(db: AsyncDuckDB, connection: number, text: string, signal?: AbortSignal) {
  try {
    const chunks: Uint8Array[] = [];
    for await (const chunk of answers(db, connection, text)) {
      if (signal?.aborted) await stop(db, connection);
      signal?.throwIfAborted();
      if (chunk) chunks.push(chunk);
    }
    const reader = RecordBatchReader.from(chunks);
    const batches = [...reader];
    return new Table(reader.schema, batches); // the schema survives even when no row does
  } catch (cause) {
    signal?.throwIfAborted();
    throw failure(cause, text);
  }
}

/**
 * Cancelling only tells the connection; its transaction, the rows read so far and the open file are let go of when it is asked
 * something else (duckdb-wasm 1.32: without that, closing the connection leaves all three behind, and the table can never be made).
 */
async function stop(db: AsyncDuckDB, connection: number): Promise<void> {
  await db.cancelPendingQuery(connection);
  await db.runQuery(connection, 'SELECT 1');
}

/** The schema, then one chunk after another, as an Arrow stream; `null` whenever the worker is still busy. */
async function* answers(db: AsyncDuckDB, connection: number, text: string) {
  let header = await db.startPendingQuery(connection, text, true);
  for (; header === null; header = await db.pollPendingQuery(connection)) yield null;
  yield header;
  for (;;) {
    const chunk = await db.fetchQueryResults(connection);
    if (chunk?.length === 0) return;
    yield chunk;
  }
}
