import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sql } from '../../src/lib/sql.ts';
import { sql } from '../../src/lib/sql.ts';
import { hostile } from '../support/hostile.ts';
import { testEngine } from '../support/engine.ts';

const { engine } = testEngine();
let path = '';
beforeAll(async () => {
  path = await engine.register(new File(['id,amount\n9007199254740993,2\n'], 'orders.csv'));
  await engine.make('kept', sql`SELECT 5::DOUBLE AS a`);
});
afterAll(() => engine.close());

const refused =
  /Permission Error|Cannot change configuration option|external access|disabled through configuration|disabled by configuration|not been allowed/i;

it.each(hostile)('refuses: $what', async ({ statements }) => {
  const attempt = engine.together(statements);
  await expect(attempt).rejects.toMatchObject({
    code: 'query-failed',
    message: expect.stringMatching(refused),
  });
  expect(engine.deaths).toBe(0);
  expect((await engine.query(sql`FROM kept`)).numRows).toBe(1);
});

it('knows the twelve of the plan and more', () => {
  expect(hostile.filter((attempt) => attempt.plan).length).toBe(12);
  expect(hostile.length).toBeGreaterThan(20);
});

it('after all of them still reads a file that was registered before, and one registered now', async () => {
  const read = (from: string): Sql => sql`FROM read_csv(${from}, all_varchar = true)`;
  expect((await engine.query(read(path))).toArray()[0]!.id).toBe('9007199254740993');
  const later = await engine.register(new File(['id\n1\n'], '../../etc/passwd'));
  expect(later).toBe('in/2.csv');
  expect((await engine.query(read(later))).numRows).toBe(1);
});

it('has no extension loaded but the one inside, and says that its settings are locked', async () => {
  const loaded = await engine.query(
    sql`SELECT extension_name AS name FROM duckdb_extensions() WHERE loaded ORDER BY name`,
  );
  expect(loaded.toArray().map((row) => row.name)).toEqual(['core_functions']);
  const settings = await engine.query(sql`
    SELECT name, value FROM duckdb_settings()
    WHERE name IN ('autoinstall_known_extensions', 'autoload_known_extensions', 'enable_external_access',
                   'lock_configuration', 'allow_unsigned_extensions', 'allow_community_extensions')
    ORDER BY name`);
  const on = settings.toArray().filter((row) => row.value === 'true');
  expect(on.map((row) => row.name)).toEqual(['allow_community_extensions', 'lock_configuration']);
});

it('INSTALL alone is accepted, without effect', async () => {
  await engine.query(sql`INSTALL json`);
  const installed = await engine.query(
    sql`SELECT loaded FROM duckdb_extensions() WHERE extension_name = 'json'`,
  );
  expect(installed.toArray()[0]!.loaded).toBe(false);
});

it.each([
  ['a time zone', sql`SELECT date_trunc('month', TIMESTAMPTZ '2020-01-01')`],
  ['JSON', sql`SELECT json_extract('{}', '$.a')`],
  ['Parquet', sql`FROM read_parquet('in/x.parquet')`],
])('what would need an extension fails in words and kills nothing: %s', async (_, statement) => {
  await expect(engine.query(statement)).rejects.toMatchObject({ code: 'query-failed' });
  expect(engine.deaths).toBe(0);
});
