import { testDatabase } from './support/duckdb.ts';
const { db: raw } = await testDatabase();
const c = raw.connect();
const R = `read_csv('/tmp/exp/big.csv', auto_detect=false, header=false, skip=1, delim=',', quote='"', escape='"', columns={${[...Array(9).keys()].map(x => `'c${x}':'VARCHAR'`).join(',')}}, parallel=false, null_padding=true, store_rejects=true, max_line_size=16000000, buffer_size=16000000)`;
const base = `c0 a0, c1 a1, c2 a2, v3, v4, v5, c6 a6, c7 a7, c8 a8`;
const inner = `(SELECT c0,c1,c2,c3,c4,c5,c6,c7,c8, TRY_CAST(c3 AS DOUBLE) v3, TRY_CAST(c4 AS TIMESTAMP) v4, TRY_CAST(c5 AS DOUBLE) v5 FROM ${R})`;
const innerF = `(SELECT c0,c1,c2,c3,c4,c5,c6,c7,c8, CASE WHEN isfinite(TRY_CAST(c3 AS DOUBLE)) THEN TRY_CAST(c3 AS DOUBLE) END v3, CASE WHEN isfinite(TRY_CAST(c4 AS TIMESTAMP)) THEN TRY_CAST(c4 AS TIMESTAMP) END v4, CASE WHEN isfinite(TRY_CAST(c5 AS DOUBLE)) THEN TRY_CAST(c5 AS DOUBLE) END v5 FROM ${R})`;
const v: Record<string, string> = {
  base: `SELECT ${base}, row_number() over () line FROM ${inner}`,
  baseF: `SELECT ${base}, row_number() over () line FROM ${innerF}`,
  any: `SELECT ${base}, row_number() over () line, CASE WHEN v3 IS NULL OR v4 IS NULL OR v5 IS NULL THEN c3 END u FROM ${inner}`,
  anyF: `SELECT ${base}, row_number() over () line, CASE WHEN v3 IS NULL OR v4 IS NULL OR v5 IS NULL THEN c3 END u FROM ${innerF}`,
  anyF2: `SELECT * EXCLUDE (c3,c4,c5), CASE WHEN v3 IS NULL OR v4 IS NULL OR v5 IS NULL THEN c3 END u FROM (SELECT *, row_number() over () line FROM ${innerF})`,
  concat: `SELECT ${base}, row_number() over () line, CASE WHEN v3 IS NULL OR v4 IS NULL OR v5 IS NULL THEN concat_ws('x', CASE WHEN v3 IS NULL AND trim(c3) <> '' THEN c3 END, CASE WHEN v4 IS NULL AND trim(c4) <> '' THEN c4 END) END u FROM ${inner}`,
  concatIn: `SELECT ${base}, row_number() over () line, CASE WHEN v3 IS NULL OR v4 IS NULL OR v5 IS NULL THEN concat_ws('x', CASE WHEN v3 IS NULL AND lower(trim(c3)) NOT IN ('','a','b','c') THEN translate(c3, 'a', 'b') END, CASE WHEN v4 IS NULL AND lower(trim(c4)) NOT IN ('', 'x','y','z') THEN c4 END) END u FROM ${inner}`,
  concatPlus: `SELECT ${base}, row_number() over () line, CASE WHEN v3 + epoch_ms(v4) + v5 IS NULL THEN concat_ws('x', CASE WHEN v3 IS NULL AND trim(c3) <> '' THEN c3 END, CASE WHEN v4 IS NULL AND trim(c4) <> '' THEN c4 END) END u FROM ${inner}`,
};
for (let i = 0; i < 4; i++) for (const [k, s] of Object.entries(v)) { const t = process.cpuUsage(); c.query("CREATE OR REPLACE TABLE raw AS " + s); const e = process.cpuUsage(t); console.log(k, Math.round((e.user + e.system) / 1000)); }
