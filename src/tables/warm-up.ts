import type { Database } from '../db/query.ts';
import { rawTable, type Reading } from './import.sql.ts';

const LINES = 20_000;
const ROUNDS = 4;
const columns: Reading['columns'] = [
  { name: 'order', reader: { as: 'text', trim: false, pointZero: false } },
  { name: 'date', reader: { as: 'date', formats: 'iso' } },
  {
    name: 'amount',
    reader: { as: 'number', style: { decimal: '.', thousands: '', mark: '', bookkeeping: false } },
  },
  { name: 'name', reader: { as: 'text', trim: false, pointZero: false } },
];

/**
 * Imports some made-up lines a few times into a table that is dropped again, while the person is still looking for their file: wasm
 * code runs slowly until the browser has optimised the parts that are used. Does nothing that can be seen; never throws.
 */
export async function warmUp(db: Database, signal?: AbortSignal): Promise<void> {
  try {
    const path = await db.register(new File([lines()], 'warm-up.csv', { lastModified: 0 }));
    const dialect = {
      encoding: 'utf-8',
      delimiter: ',',
      quote: '"',
      escape: '"',
      header: false,
      skip: 0,
      decimal: '.',
    } as const;
    for (let round = 0; round < ROUNDS; round++) {
      await db.make('warm_up', rawTable({ path, dialect, columns, strict: true }), signal);
    }
    await db.drop('warm_up');
    await db.release(path);
  } catch {
    // A cancelled or failed warm-up costs nothing but time at the first import, and that import will tell what is wrong
  }
}

function lines(): string {
  return Array.from({ length: LINES }, (_, i) => {
    const day = String(1 + (i % 28)).padStart(2, '0');
    const name = i % 10 === 0 ? `"A name, quoted ${i % 97}"` : `A plain name ${i % 89}`;
    return `${500_000 + Math.floor(i / 5)},2024-03-${day} ${10 + (i % 12)}:00:00,${i % 100}.${10 + (i % 90)},${name}\n`;
  }).join('');
}
