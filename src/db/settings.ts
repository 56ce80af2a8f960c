import { sql, type Sql } from '../lib/sql.ts';

const GB = 2 ** 30;

/** Every input is registered under this folder; the engine can read nothing else. */
export const INPUT_FOLDER = 'in/';

/**
 * How many bytes DuckDB may hold on this device. `deviceMemoryGb` is `navigator.deviceMemory`: GB, rounded, not known in Firefox
 * and Safari (then 6 is assumed). A quarter of the machine, at least 0.5 GB (less cannot import a middling file) and at most 2 GB
 * (wasm ends at 4 GB, never gives memory back, and the arrays of the page and the other workers need room beside it).
 */
export function memoryLimit(deviceMemoryGb: number | undefined): number {
  return Math.min(2, Math.max(0.5, (deviceMemoryGb ?? 6) / 4)) * GB;
}

/**
 * Shuts the engine in: no extension is fetched, no path outside the input folder is opened, and no later statement can change a setting.
 * `preserve_insertion_order` stays on: the import numbers the records as the file has them.
 */
export function lockDown(memoryLimitBytes: number): readonly Sql[] {
  return [
    sql`SET autoinstall_known_extensions = false`,
    sql`SET autoload_known_extensions = false`,
    sql`SET memory_limit = ${`${Math.floor(memoryLimitBytes / 1e6)}MB`}`,
    sql`SET allowed_directories = [${INPUT_FOLDER}]`,
    sql`SET enable_external_access = false`,
    sql`SET lock_configuration = true`, // last: nothing can be set after it
  ];
}
