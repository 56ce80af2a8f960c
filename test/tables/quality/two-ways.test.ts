import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../src/db/query.ts';
import { join, sql } from '../../../src/lib/sql.ts';
import { differentValues } from '../../../src/tables/quality/check-text.ts';
import { checkFilling } from '../../../src/tables/quality/gaps.ts';
import { groundOf, rowsWhere } from '../../../src/tables/quality/ground.ts';
import { checkInside } from '../../../src/tables/quality/personal/inside.ts';
import { testDatabase } from '../../support/duckdb.ts';
import { column } from '../../support/datasets.ts';

let db: Database;
beforeAll(async () => ({ database: db } = await testDatabase()), 60_000);

const text = column('note', 'text');
const cell = fc.oneof(
  fc.constantFrom(
    null,
    '',
    ' ',
    '\t',
    '\u00a0',
    '\u3000',
    '\u2009 ',
    'same',
    'same ',
    'a longer text than twelve',
  ),
  fc.constantFrom(
    'write to anna.berg@example.org today',
    'no address @ all, but longer',
    'account DE89 3704 0044 0532 0130 00 please',
    'card 4111 1111 1111 1111 was used',
    'call +49 170 1234567 after six',
  ),
);

it('what a column of text holds is the same whether its different values are known or the table is asked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 40 }), async (cells) => {
      const rows = cells.map((each, i) => sql`(${each}::VARCHAR, ${i + 1}, NULL::VARCHAR)`);
      const table = 'two_ways';
      await db.make(table, sql`SELECT * FROM (VALUES ${join(rows)}) AS t(note, line, unreadable)`);
      const { signal } = new AbortController();
      const ground = await groundOf(db, { table, columns: [text] }, signal);
      const values = await differentValues(ground, text);
      expect(values).not.toBe(null);
      const seen = async (known: typeof values) => {
        const { flaws, usable } = await checkFilling(ground, text, known);
        const texts = ['a longer text than twelve'];
        const inside = await checkInside(ground, text, { texts, values: known });
        const all = [...flaws, ...inside];
        const counted = await Promise.all(all.map(({ where }) => rowsWhere(ground, where)));
        expect(counted).toEqual(all.map((flaw) => flaw.rows));
        return { usable, all: all.map(({ code, rows: n, words }) => [code, n, words]) };
      };
      expect(await seen(values)).toEqual(await seen(null));
    }),
    { numRuns: 60, seed: 2 },
  );
});
