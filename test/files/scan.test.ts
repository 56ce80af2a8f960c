import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Passage } from '../../src/files/passage.ts';
import { countRecords, fingerprint } from '../../src/files/scan.ts';
import { split } from '../../src/files/split.ts';
import { Utf8Check } from '../../src/files/utf8.ts';
import { fileOf } from '../support/import.ts';

const marks = { delimiter: ',', quote: '"', escape: '"' } as const;
const scanText = (text: string | Uint8Array<ArrayBuffer>, columns = 2, given = {}) =>
  countRecords({
    text: fileOf(text),
    offset: 0,
    marks: { ...marks, ...given },
    columns,
    above: 0,
    blankAbove: 0,
  });
const reasons = (found: Awaited<ReturnType<typeof scanText>>) =>
  found.setAside.map(({ reason, rows, sample }) => [reason, rows, sample.map(({ line }) => line)]);

/** The passage over bytes that come in chunks of `size`, with what `scan` does to read again. */
function walked(bytes: Uint8Array, size: number): Passage {
  const passage = new Passage(marks, 99, { above: 0, longest: 1000 });
  let from: number | null = 0;
  while (from !== null) {
    passage.startAt(from);
    let again: number | null = null;
    for (let at = from; at < bytes.length && again === null; at += size)
      again = passage.take(bytes.subarray(at, at + size), at, true);
    from = again ?? passage.end(bytes.length, true);
  }
  return passage;
}

describe('the scan', () => {
  it('counts records, lines and blank lines', async () => {
    const found = await scanText('1,2\n\n"a\nb",3\n4,5');
    expect(found).toMatchObject({ records: 3, kept: 3, lines: 5, blankLines: 1, short: 0 });
    expect([...found.rowLines]).toEqual([1, 1, 2, 3, 3, 5]);
  });

  it.each(['\n', '\r\n', '\r'])('counts lines that end in %j', async (end) => {
    const found = await scanText(['1,2', '', '3,4', '5,6', ''].join(end));
    expect(found).toMatchObject({ records: 3, lines: 4, blankLines: 1, mixedBreaks: false });
  });

  it('notices mixed line breaks, also inside quotes', async () => {
    expect((await scanText('1,2\r\n3,4\n')).mixedBreaks).toBe(true);
    expect((await scanText('1,"2\n2"\r\n3,4\r\n')).mixedBreaks).toBe(true);
  });

  it('fingerprints the bytes as they were given', async () => {
    const bytes = new Uint8Array(300_000).map((_, i) => i % 251);
    expect(await fingerprint(fileOf(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('sets aside what cannot be split, with line and text', async () => {
    const found = await scanText('1,2\n1,2,3\n"x"y,2\n4\n5,6\n');
    expect(reasons(found)).toEqual([
      ['ragged', 1, [2]],
      ['bad-quote', 1, [3]],
    ]);
    expect(found).toMatchObject({ kept: 3, short: 1, records: 5 });
    expect(found.setAside[0]!.sample[0]!.text).toBe('1,2,3');
  });

  it('takes back a quote that is never closed: one line is lost, not the rest of the file', async () => {
    const found = await scanText(`1,2\n3,"oops\n${'5,6\n'.repeat(50)}`);
    expect(found).toMatchObject({ kept: 51, records: 52, lines: 52 });
    expect(reasons(found)).toEqual([['bad-quote', 1, [2]]]);
  });

  it('takes back a quote that is closed by the next one, far away', async () => {
    const found = await scanText(`1,"oops\n${'5,6\n'.repeat(50)}7,"fine"\n8,9\n`);
    expect(found).toMatchObject({ kept: 52, records: 53 });
  });

  it('does so over the borders of chunks too', async () => {
    const found = await scanText(`1,2\n3,"oops\n${'5,6\n'.repeat(200_000)}`);
    expect(found).toMatchObject({ kept: 200_001, records: 200_002, lines: 200_002 });
  });

  it('finds bytes that are not UTF-8', async () => {
    const bytes = new Uint8Array([...Buffer.from('1,2\n3,'), 0xff, 0x0a, ...Buffer.from('4,é\n')]);
    expect(reasons(await scanText(bytes))).toEqual([['bad-encoding', 1, [2]]]);
  });

  it('sets a record of more than 16 MB aside', async () => {
    const found = await scanText(`1,2\n${'x'.repeat(16_000_001)},2\n3,4\n`);
    expect(reasons(found)).toEqual([['too-long', 1, [2]]]);
    expect(found.setAside[0]!.sample[0]!.text.length).toBeLessThan(500);
  });

  it('stops when it is cancelled', async () => {
    const controller = new AbortController();
    const file = fileOf('1,2\n'.repeat(100_000));
    const job = {
      signal: controller.signal,
      progress: () => controller.abort(),
      breathe: async () => {},
    };
    const input = { text: file, offset: 0, marks, columns: 2, above: 0, blankAbove: 0 };
    await expect(fingerprint(file, { ...job, signal: AbortSignal.abort() })).rejects.toThrow();
    await expect(countRecords(input, job)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('finds the same however the bytes come in chunks, and as many records as split', () => {
    const piece = fc.constantFrom('a', ',', '"', '\n', '\r\n', '\r', ' ', 'é', '""');
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        (parts, size) => {
          const bytes = new TextEncoder().encode(parts.join(''));
          const whole = walked(bytes, bytes.length + 1);
          const chunked = walked(bytes, size);
          expect(chunked.found).toEqual(whole.found);
          expect(chunked.line).toBe(whole.line);
          const { rows, broken } = split(parts.join(''), marks, { limit: 1000, whole: true });
          expect(whole.found.kept).toBe(rows.length);
          expect(whole.found.bad.length).toBe(broken);
        },
      ),
      { numRuns: 2000, seed: 4 },
    );
  });

  it('judges UTF-8 as the platform does', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 12 }),
        fc.integer({ min: 1, max: 12 }),
        (random, cut) => {
          const bytes = new Uint8Array([...random, 0x41, 0x41, 0x41, 0x41]); // an unfinished sequence shows at the next letter
          const found: number[] = [];
          const check = new Utf8Check();
          check.check(bytes.slice(0, cut), 0, found);
          check.check(bytes.slice(cut), cut, found);
          const decode = () => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
          if (found.length === 0) expect(decode).not.toThrow();
          else expect(decode).toThrow();
        },
      ),
      { numRuns: 5000, seed: 2 },
    );
  });
});
