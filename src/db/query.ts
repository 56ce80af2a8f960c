import type { AsyncDuckDB, AsyncDuckDBConnection } from '@duckdb/duckdb-wasm';
import { Table } from 'apache-arrow';
import { TesseraError } from '../lib/errors.ts';
import type { Sql } from '../lib/sql.ts';

/** All that most stages know about the database. Tests pass one backed by DuckDB in Node. */
export type Query = (statement: Sql, signal?: AbortSignal) => Promise<Table>;

/** The whole database as a stage that makes tables sees it. */
export type Database = {
  readonly query: Query;
  /** Several statements on one connection, in order: needed where a statement leaves something on its connection (rejects). */
  together(statements: readonly Sql[], signal?: AbortSignal): Promise<readonly Table[]>;
  /** CREATE OR REPLACE TABLE `name` AS `select`. Remembered: if the engine has to be started again, it is made again. */
  make(name: string, select: Sql, signal?: AbortSignal): Promise<void>;
  drop(name: string): Promise<void>;
  /** Makes `file` readable for SQL by handle, not into memory; returns the path to give to `read_csv`. */
  register(file: File): Promise<string>;
  release(path: string): Promise<void>;
};

/** One connection per statement: cancelling one never stops another. So no TEMP tables: they live on a connection. */
export function queryOn(db: AsyncDuckDB): Query {
  return async (statement, signal) => (await togetherOn(db, [statement], signal))[0]!;
}

export async function togetherOn(
  db: AsyncDuckDB,
  statements: readonly Sql[],
  signal?: AbortSignal,
): Promise<readonly Table[]> {
  signal?.throwIfAborted();
  const connection = await db.connect();
  const cancel = () => void connection.cancelSent();
  signal?.addEventListener('abort', cancel);
  try {
    const tables: Table[] = [];
    for (const statement of statements) tables.push(await send(connection, statement, signal));
    return tables;
  } finally {
    signal?.removeEventListener('abort', cancel);
    await connection.close();
  }
}

async function send(connection: AsyncDuckDBConnection, statement: Sql, signal?: AbortSignal) {
  signal?.throwIfAborted();
  try {
    const reader = await connection.send(statement.text, true); // `query` and prepared statements cannot be cancelled
    const batches = [];
    for await (const batch of reader) batches.push(batch);
    return new Table(reader.schema, batches); // the schema survives even when no row does
  } catch (cause) {
    signal?.throwIfAborted();
    throw failure(cause, statement);
  }
}

/** DuckDB's own words become one of our codes; the statement stays in the message for whoever debugs. */
export function failure(cause: unknown, statement: Sql): TesseraError {
  const said = cause instanceof Error ? cause.message : String(cause);
  const code = /out of memory|malloc of size|failed to allocate/i.test(said)
    ? 'out-of-memory'
    : 'query-failed';
  return new TesseraError(code, `${said}\n\n${statement.text}`, { cause });
}
