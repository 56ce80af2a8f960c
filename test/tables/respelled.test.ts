import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/db/query.ts';
import { openFile } from '../../src/files/open.ts';
import { countRecords, fingerprint } from '../../src/files/scan.ts';
import { openSource } from '../../src/files/source.ts';
import type { Mend } from '../../src/files/types.ts';
import { sql } from '../../src/lib/sql.ts';
import { Aside } from '../../src/tables/aside.ts';
import { buildDataset } from '../../src/tables/build.ts';
import { describeColumns } from '../../src/tables/columns.ts';
import { importRaw } from '../../src/tables/raw.ts';
import type { SetAside } from '../../src/tables/types.ts';
import { testDatabase } from '../support/duckdb.ts';
import { fileOf } from '../support/import.ts';

let database: Database;
beforeAll(async () => ({ database } = await testDatabase()), 60_000);

async function imported(lines: readonly string[], mends: readonly Mend[] = []) {
  const file = fileOf(lines.join('\n'), 'orders.txt');
  const source = await openSource([file], [await openFile(file)], {
    id: 't1',
    db: database,
    mends,
    passes: { count: (input) => countRecords(input), fingerprint },
  });
  const raw = await importRaw(database, source);
  const dataset = await buildDataset(database, raw, describeColumns(raw, { kind: 'orders' }));
  const aside = new Aside(database, raw, dataset.columns);
  const { ledger } = dataset;
  expect(ledger.read).toBe(ledger.kept + ledger.setAside.reduce((sum, { rows }) => sum + rows, 0));
  const rowsOf = (reason: SetAside['reason']) => {
    const entry = ledger.setAside.find((each) => each.reason === reason);
    return entry ? aside.page(entry, { from: 0, count: 100 }) : [];
  };
  return { aside, ledger, rowsOf };
}

const notes = async () =>
  (await database.query(sql`SELECT note FROM raw ORDER BY line`)).toArray().map(({ note }) => note);

describe('a file whose separator is two characters', () => {
  const lines = [
    'order||customer_id||day||note||amount',
    ...Array.from(
      { length: 30 },
      (_, i) => `${i}||C${i % 7}||2024-03-0${1 + (i % 9)}||n${i}||${i}.5`,
    ),
  ];
  lines[4] = '4||C1||2024-03-05||"quiet || calm"||4.5';
  lines[8] = '8||C2||2024-03-05||too||many||8.5';

  it('keeps it inside quotes, shows rows set aside as they stand there, and takes mends in the same spelling', async () => {
    const { aside, rowsOf, ledger } = await imported(lines);
    expect((await notes())[3]).toBe('quiet || calm');
    const [row] = await rowsOf('ragged');
    expect(row).toMatchObject({ line: 9, text: lines[8] });
    expect(aside.delimiter).toBe('||');
    expect(aside.cells(row!, row!.text)).toEqual(['8', 'C2', '2024-03-05', 'too', 'many', '8.5']);
    const text = aside.write(row!, ['8', 'C2', '2024-03-05', 'too||many', '8.5'])!;
    expect(text).toBe('8||C2||2024-03-05||"too||many"||8.5');
    expect(aside.check(row!, text)).toBe(null);
    const after = await imported(lines, [aside.mend(row!, text)]);
    expect(after.ledger.kept).toBe(ledger.kept + 1);
    expect((await notes())[7]).toBe('too||many');
  });
});

describe('a file whose columns line up', () => {
  const lines = [
    'order customer_id day         note       amount',
    ...Array.from(
      { length: 30 },
      (_, i) =>
        `${String(i).padEnd(5)} ${`C${i % 7}`.padEnd(11)} 2024-03-0${1 + (i % 9)}  ${['quiet', 'calm talk', 'loud music'][i % 3]!.padEnd(10)} ${`${i}.5`.padStart(6)}`,
    ),
  ];
  lines[9] = '8     C1          2024-03-05  much longer than that  8.5';

  it('sets aside what does not, proposes a mend where blanks tell the cells, and takes one cell by cell', async () => {
    const { aside, rowsOf, ledger } = await imported(lines);
    const [row] = await rowsOf('misaligned');
    expect(row).toMatchObject({ line: 10, text: lines[9] });
    const wanted = ['8', 'C1', '2024-03-05', 'much longer than that', '8.5'];
    expect(aside.cells(row!, row!.text)).toEqual(wanted);
    expect(aside.check(row!, row!.text)).toContain('does not line up');
    expect(aside.propose(row!)?.text).toBe(wanted.join(','));
    const text = aside.write(row!, [...wanted.slice(0, 3), 'long, but read', '8.5'])!;
    expect(aside.check(row!, text)).toBe(null);
    const after = await imported(lines, [aside.mend(row!, text)]);
    expect(after.ledger.kept).toBe(ledger.kept + 1);
    expect((await notes())[8]).toBe('long, but read');
  });
});
