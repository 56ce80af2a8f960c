import { expect, it } from 'vitest';
import { unattended } from '../../../src/lib/job.ts';
import { checkTable } from '../../../src/tables/quality/check.ts';
import { testDatabase } from '../../support/duckdb.ts';
import { cleanTable, columns } from './clean-table.ts';

it('raises a false alarm in at most 5 of 100 clean tables', async () => {
  const alarms: string[] = [];
  const { database: db } = await testDatabase();
  for (let seed = 100; seed < 200; seed++) {
    await cleanTable(db, 'other', { seed, rows: 300 + 7 * (seed - 100) });
    // The time line, and every other column.
    const these = columns.filter(({ name }, i) => name === 'ordered_at' || i % 2 === seed % 2);
    const flaws = await checkTable(db, { table: 'other', columns: these }, unattended);
    if (flaws.length > 0) alarms.push(`${seed}: ${flaws.map(({ words }) => words).join(' ')}`);
  }
  expect(alarms.length, alarms.join('\n')).toBeLessThanOrEqual(5);
}, 600_000);
