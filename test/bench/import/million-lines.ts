import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { random } from '../../../src/lib/random.ts';

export const LINES = 1_000_000;
const header =
  'invoice,product_code,description,quantity,invoice_date,unit_price,customer_id,country,channel';
const words = 'WHITE HANGING HEART LANTERN METAL CREAM CUPID COAT HANGER RED WOOLLY BOTTLE'.split(
  ' ',
);
const countries = ['United Kingdom', 'France', 'Germany', 'Spain', 'EIRE'];
const channels = ['web', 'shop', 'phone'];
const START_MS = Date.UTC(2022, 0, 1);

/** Writes a million order lines of nine columns, some quoted, some without a customer: the same bytes every time. Returns their hash. */
export async function writeMillionLines(path: string): Promise<string> {
  const out = createWriteStream(path);
  const hash = createHash('sha256');
  const next = random(20_240_101);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)]!;
  let waiting = `${header}\n`;
  for (let i = 0; i < LINES; i++) {
    const when = new Date(START_MS + i * 63_000).toISOString().slice(0, 19).replace('T', ' ');
    const name = `${pick(words)} ${pick(words)} ${pick(words)}`;
    const cells = [
      536_365 + Math.floor(i / 5),
      `${10_000 + Math.floor(next() * 4000)}${pick(['A', 'B', 'C'])}`,
      next() < 0.1 ? `"${name}, LARGE"` : name,
      1 + Math.floor(next() * 12),
      when,
      (next() * 20).toFixed(2),
      next() < 0.1 ? '' : 12_000 + Math.floor(next() * 40_000),
      pick(countries),
      pick(channels),
    ];
    waiting += `${cells.join(',')}\n`;
    if (waiting.length < 1_000_000 && i < LINES - 1) continue;
    hash.update(waiting);
    if (!out.write(waiting)) await once(out, 'drain');
    waiting = '';
  }
  out.end();
  await once(out, 'finish');
  return hash.digest('hex');
}
