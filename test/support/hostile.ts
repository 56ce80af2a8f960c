import { sql, type Sql } from '../../src/lib/sql.ts';

type Hostile = {
  readonly what: string;
  /** One of the twelve that the plan for trust names. */
  readonly plan: boolean;
  readonly statements: readonly Sql[];
};
const planned = (what: string, ...statements: Sql[]): Hostile => ({ what, plan: true, statements });
const also = (what: string, ...statements: Sql[]): Hostile => ({ what, plan: false, statements });

/** Statements that reach outside the engine or loosen its lock: every one must be refused. */
export const hostile: readonly Hostile[] = [
  planned('read over http', sql`FROM read_csv('http://127.0.0.1:9/steal.csv')`),
  planned('read over https', sql`FROM read_csv('https://example.com/steal.csv')`),
  planned('read from s3', sql`FROM read_csv('s3://bucket/steal.csv')`),
  planned('attach a remote database', sql`ATTACH 'https://example.com/steal.duckdb' AS remote`),
  planned('write a file', sql`COPY (SELECT 1) TO 'leak.csv'`),
  planned('load an extension', sql`LOAD json`),
  planned('install and load an extension', sql`INSTALL httpfs`, sql`LOAD httpfs`),
  planned('climb out of the folder', sql`FROM read_csv('in/../secret.csv')`),
  planned('allow access again', sql`SET enable_external_access = true`),
  planned('unlock the settings', sql`SET lock_configuration = false`),
  planned('read another file', sql`FROM read_csv('/etc/passwd')`),
  planned('change a setting of httpfs', sql`SET s3_endpoint = '127.0.0.1:9'`),

  also('set a proxy', sql`SET http_proxy = '127.0.0.1:9'`),
  also('write over http', sql`COPY (SELECT 1) TO 'https://example.com/leak.csv'`),
  also('attach another file', sql`ATTACH 'other.duckdb' AS other`),
  also(
    'load an extension from an address',
    sql`LOAD 'https://example.com/x.duckdb_extension.wasm'`,
  ),
  also('load an extension from a file', sql`LOAD 'in/x.duckdb_extension.wasm'`),
  also('read a file as text', sql`FROM read_text('/etc/passwd')`),
  also('read a file as bytes', sql`FROM read_blob('secret.bin')`),
  also('name a file as a table', sql`FROM 'secret.csv'`),
  also('climb out by an absolute path', sql`FROM read_csv('/in/../../etc/passwd')`),
  also('a folder whose name only begins like ours', sql`FROM read_csv('in2/x.csv')`),
  also('export the database', sql`EXPORT DATABASE 'leak'`),
  also('import a database', sql`IMPORT DATABASE 'evil'`),
  also('open another folder', sql`SET allowed_directories = ['/']`),
  also('allow a path', sql`SET allowed_paths = ['/etc/passwd']`),
  also('turn on autoloading', sql`SET autoload_known_extensions = true`),
  also('turn on autoloading for all', sql`SET GLOBAL autoinstall_known_extensions = true`),
  also('allow unsigned extensions', sql`SET allow_unsigned_extensions = true`),
  also('name another extension host', sql`SET custom_extension_repository = 'http://127.0.0.1:9'`),
  also('put the lock back to its default', sql`RESET lock_configuration`),
  also('raise the memory limit', sql`SET memory_limit = '16GB'`),
  also('spill to a folder', sql`SET temp_directory = '/tmp/leak'`),
  also('write a profile to a file', sql`SET profiling_output = 'leak.json'`),
  also('write a log', sql`SET log_query_path = 'leak.log'`),
];
