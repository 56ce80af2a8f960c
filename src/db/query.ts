import type { Table } from 'apache-arrow';
import type { Sql } from '../lib/sql.ts';

/** A result: columns of Arrow. Other stages name the type from here, so that the package stays behind this door. */
export type { Table };

/** All that most stages know about the database. Tests pass one backed by DuckDB in Node. */
export type Query = (statement: Sql, signal?: AbortSignal) => Promise<Table>;

/** CREATE OR REPLACE TABLE `make` AS `as`, remembered: if the engine has to be started again, it is made again. */
export type Making = { readonly make: string; readonly as: Sql };

/**
 * The whole database as a stage that makes tables sees it. What should outlive a restart is made by `make` (or a `Making`):
 * a table made by a plain CREATE, or rows added by INSERT, are gone when the engine dies. Ids are read as text
 * (`::VARCHAR`) and amounts as `::DOUBLE`: Arrow values stay as DuckDB sends them, nothing is converted on the way.
 */
export type Database = {
  readonly query: Query;
  /** Several statements on one connection, in order: needed where a statement leaves something on its connection (rejects). */
  together(statements: readonly (Sql | Making)[], signal?: AbortSignal): Promise<readonly Table[]>;
  /** Makes one table and remembers how. `select` may read the table that it replaces. */
  make(name: string, select: Sql, signal?: AbortSignal): Promise<void>;
  drop(name: string): Promise<void>;
  /** Makes `file` readable for SQL by handle, not into memory; returns the path to give to `read_csv`. */
  register(file: File): Promise<string>;
  /** Tells one listener at a time how many bytes the database takes from files, as it reads. Absent where that cannot be known. */
  readonly reading?: (listener: (bytes: number) => void) => void;
  /** Tables made from the file stay, and it is opened again by itself if they must be made again. */
  release(path: string): Promise<void>;
};

/** The database with its life: started at the first call, restarted when it dies. Made by `openEngine`. */
export type Engine = Database & {
  /** Starts the engine now rather than at the first statement. Rejects with `engine-unavailable`. */
  start(): Promise<void>;
  /** Bytes that DuckDB holds at the moment. */
  memory(): Promise<number>;
  /** How often it had to be started again since the page opened. */
  readonly deaths: number;
  /** Ends the worker and frees its memory; every later call rejects. */
  close(): void;
};
