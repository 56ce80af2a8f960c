import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';
import { openFile } from '../../../src/files/open.ts';
import type { Job } from '../../../src/lib/job.ts';
import { sheetXml, workbookOf, zipOf } from './zip.ts';

/** A job as the worker makes it: a macrotask every 50 ms, at which a cancel is heard. */
function cancellable(): {
  readonly job: Job;
  readonly told: string[];
  readonly stop: AbortController;
} {
  const stop = new AbortController();
  const told: string[] = [];
  let last = performance.now();
  const breathe = async () => {
    if (performance.now() - last < 50) return;
    await new Promise((resolve) => setTimeout(resolve));
    last = performance.now();
    stop.signal.throwIfAborted();
  };
  const progress = (stage: string) => void (told.at(-1) === stage || told.push(stage));
  return { job: { signal: stop.signal, breathe, progress }, told, stop };
}

const ROWS = 100_000;
const lines = Array.from(
  { length: ROWS },
  (_, i) => `${i},customer ${i % 977},${(i * 7) % 1000}.25,${i % 5}`,
);
const bytes = (text: string) => new TextEncoder().encode(text);
const csv = bytes(`id,name,amount,kind\n${lines.join('\n')}\n`.repeat(4));
const records = lines.map((line) => JSON.stringify({ line, id: 1, nested: { a: [1, 2] } }));
const sheet = () =>
  sheetXml(
    lines
      .map((line, r) => {
        const [id, name, amount, kind] = line.split(',');
        return `<row r="${r + 1}"><c><v>${id}</v></c><c t="inlineStr"><is><t>${name}</t></is></c><c><v>${amount}</v></c><c><v>${kind}</v></c></row>`;
      })
      .join(''),
  );
const column = (c: number) => lines.map((line) => line.split(',')[c]!);

it.each<readonly [string, () => File]>([
  ['a workbook', () => new File([workbookOf({ 'xl/worksheets/sheet1.xml': sheet() })], 'a.xlsx')],
  ['an archive', () => new File([zipOf([{ name: 'a.csv', data: csv }])], 'a.zip')],
  ['a .gz', () => new File([new Uint8Array(gzipSync(csv))], 'a.csv.gz')],
  ['JSON', () => new File([`[${records.join(',')}]`], 'a.json')],
  ['lines of JSON', () => new File([records.join('\n')], 'a.ndjson')],
  [
    'Parquet',
    () =>
      new File(
        [
          parquetWriteBuffer({
            columnData: ['id', 'name', 'amount', 'kind'].map((name, c) => ({
              name,
              data: column(c),
              type: 'STRING' as const,
            })),
          }),
        ],
        'a.parquet',
      ),
  ],
])('%s of 100,000 rows tells how far it is and stops within half a second', async (_, make) => {
  const file = make();
  const { job, told, stop } = cancellable();
  let asked = process.cpuUsage();
  setTimeout(() => {
    asked = process.cpuUsage();
    stop.abort();
  }, 60);
  const error: unknown = await openFile(file, {}, job).catch((cause: unknown) => cause);
  const { user } = process.cpuUsage(asked); // not the clock: other work may share the machine
  expect(error).toMatchObject({ name: 'AbortError' });
  expect(user / 1000).toBeLessThan(500);
  expect(told.length).toBeGreaterThan(0);
});
