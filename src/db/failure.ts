import { TesseraError } from '../lib/errors.ts';

/** The worker is gone or can no longer be trusted: everything under way on it is lost and may be run again elsewhere. */
export class EngineDied extends Error {
  override readonly name: string = 'EngineDied';
}

/** The same, told to the statement that did it: running that once more may do it again. */
export class EngineKilled extends EngineDied {
  override readonly name = 'EngineKilled';
}

/** DuckDB's own words become one of our codes; the statement stays in the message for whoever debugs. */
export function failure(cause: unknown, statement: string): Error {
  const said = message(cause);
  if (isDeadly(cause)) return new EngineKilled(`${said}\n\n${statement}`, { cause });
  return new TesseraError(code(said), `${said}\n\n${statement}`, { cause });
}

/** What the person is told when starting again did not help. */
export function gaveUp(death: EngineDied): TesseraError {
  const code = /memory|alloc/i.test(death.message) ? 'out-of-memory' : 'engine-unavailable';
  return new TesseraError(code, death.message, { cause: death });
}

/**
 * A trap of the wasm machine (RuntimeError), its stack or heap running out (RangeError, "malloc of size"), or an error after
 * which DuckDB itself refuses to go on. Ordinary errors are named "Error" and begin with their kind ("Binder Error: …"), so
 * words inside a cell or a column name can never look like a death.
 */
export function isDeadly(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  if (cause instanceof EngineDied) return true;
  if (['RuntimeError', 'RangeError', 'CompileError', 'LinkError'].includes(cause.name)) return true;
  return /^(malloc of size|Aborted\(|INTERNAL Error|FATAL Error|\{"exception_type":"(INTERNAL|FATAL)")/.test(
    cause.message,
  );
}

function code(said: string) {
  if (/^Out of Memory Error|failed to allocate/i.test(said)) return 'out-of-memory';
  if (/^(IO|Invalid) Error: Not(Readable|Found)Error/.test(said)) return 'file-changed'; // what FileReaderSync says
  return 'query-failed';
}

/** The words of anything that was thrown. */
export const message = (cause: unknown): string =>
  cause instanceof Error ? cause.message : String(cause);
