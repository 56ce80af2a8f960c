import { AsyncDuckDB, VoidLogger } from '@duckdb/duckdb-wasm';

/** One engine's life, in ms. */
export type Life = {
  readonly threads: number;
  readonly startMs: number;
  readonly importMs: number;
  readonly groupMs: number;
  readonly rows: number;
  /** A sum over every row, to be equal in both engines. */
  readonly sum: number;
  readonly customers: number;
};

const columns =
  "{invoice: 'VARCHAR', product_code: 'VARCHAR', description: 'VARCHAR', quantity: 'DOUBLE', invoice_date: 'TIMESTAMP', " +
  "unit_price: 'DOUBLE', customer_id: 'VARCHAR', country: 'VARCHAR', channel: 'VARCHAR'}";

/** Starts the bundle, imports the file in the field twice (so that memory grows while it works), groups it, and ends the worker. */
async function live(bundle: 'eh' | 'coi', threads: number): Promise<Life> {
  const file = document.querySelector('input')?.files?.[0];
  if (!file) throw new Error('no file was chosen');
  const at = (name: string) => new URL(name, document.baseURI).href;
  const begun = performance.now();
  const worker = new Worker(at(`duckdb-browser-${bundle}.worker.js`));
  const died = new Promise<never>((_, reject) =>
    worker.addEventListener('error', (event) => reject(new Error(`died: ${event.message}`))),
  );
  const work = async (): Promise<Life> => {
    const db = new AsyncDuckDB(new VoidLogger(), worker);
    const pthread = bundle === 'coi' ? at('duckdb-browser-coi.pthread.worker.js') : null;
    await db.instantiate(at(`duckdb-${bundle}.wasm`), pthread);
    await db.open({ path: ':memory:', ...(bundle === 'coi' ? { maximumThreads: threads } : {}) });
    const connection = await db.connect();
    const one = async (text: string) => (await connection.query(text)).toArray()[0]?.toJSON() ?? {};
    const told = await one(`SELECT current_setting('threads')::DOUBLE AS threads`);
    const startMs = performance.now() - begun;
    // As bytes: a file registered by handle is unknown to threads that run already ("No HTML5 file registered", or 0 rows and no error)
    await db.registerFileBuffer('in.csv', new Uint8Array(await file.arrayBuffer()));
    const read = `
      SELECT * FROM read_csv('in.csv', auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
        parallel = true, columns = ${columns})`;
    const before = performance.now();
    await connection.query(`CREATE TABLE a AS ${read}`);
    const importMs = performance.now() - before;
    await connection.query(`CREATE TABLE b AS ${read}`);
    const grouping = performance.now();
    const { customers } = await one(`
      SELECT count(*)::DOUBLE AS customers FROM (
        SELECT customer_id, count(*), sum(quantity * unit_price), count(DISTINCT invoice), max(invoice_date)
        FROM a GROUP BY ALL)`);
    const groupMs = performance.now() - grouping;
    const { rows, sum } = await one(
      `SELECT count(*)::DOUBLE AS rows, sum(quantity)::DOUBLE AS sum FROM (FROM a UNION ALL FROM b)`,
    );
    return {
      ...{ startMs, importMs, groupMs },
      ...{
        threads: Number(told['threads']),
        rows: Number(rows),
        sum: Number(sum),
        customers: Number(customers),
      },
    };
  };
  try {
    return await Promise.race([work(), died]);
  } finally {
    worker.terminate();
  }
}

Object.assign(globalThis, { live });
