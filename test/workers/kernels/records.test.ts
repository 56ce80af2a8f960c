import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countRecords } from '../../../src/files/scan.ts';
import type { Marks } from '../../../src/files/split.ts';
import { regularRecords } from '../../../workers/kernels/records.ts';

const pieces = [
  'a',
  'é',
  '007',
  ' ',
  '"',
  '""',
  ',',
  ',',
  ';',
  '\n',
  '\n',
  '\r\n',
  '\r',
  '\\',
  'x'.repeat(17),
];
const dialects: readonly Marks[] = [
  { delimiter: ',', quote: '"', escape: '"' },
  { delimiter: ';', quote: "'", escape: "'" },
  { delimiter: ',', quote: '', escape: '' },
  { delimiter: ',', quote: '"', escape: '\\' },
];
const count = (text: Blob, marks: Marks, columns: number, isFast: boolean) =>
  countRecords(
    { text: new File([text], 't'), offset: 0, marks, columns, above: 1, blankAbove: 0 },
    undefined,
    isFast ? regularRecords : undefined,
  );

it('counts any text as the plain loop does', async () => {
  const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 120 });
  await fc.assert(
    fc.asyncProperty(
      texts,
      fc.constantFrom(...dialects),
      fc.integer({ min: 1, max: 4 }),
      async (parts, marks, columns) => {
        const text = new Blob(parts);
        expect(await count(text, marks, columns, true)).toEqual(
          await count(text, marks, columns, false),
        );
      },
    ),
    { numRuns: 2000, seed: 3 },
  );
});

it('counts a table with every tenth record out of the ordinary, over many chunks, as the plain loop does', async () => {
  const odd = [
    '1,"two\nlines",3\n',
    '1,2\n',
    '1,2,3,4\n',
    '\n',
    ' "q" ,2,3\n',
    '1,"a""b",3\r\n',
    '"open,2,3\n',
    '1,\xff,3\n',
  ];
  const lines = Array.from({ length: 40_000 }, (_, i) =>
    i % 10 === 9 ? odd[((i / 10) % odd.length) | 0]! : `${i},plain text ${i},"quoted, ${i}"\n`,
  );
  const text = new Blob([Buffer.from(lines.join(''), 'latin1')]);
  const marks = dialects[0]!;
  const fast = await count(text, marks, 3, true);
  expect(fast.kept).toBeGreaterThan(30_000);
  expect(fast).toEqual(await count(text, marks, 3, false));
});

it('does nothing where quotes are escaped by another mark', () => {
  expect(regularRecords(dialects[3]!, 3, 100)).toBeNull();
});
