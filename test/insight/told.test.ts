import { expect, it } from 'vitest';
import type { Told } from '../../src/insight/ask/facts.ts';
import { telling, toldBy } from '../../src/insight/ask/told.ts';
import { everyLine, inSpan } from '../../src/insight/ask/line-filter.ts';
import { TesseraError } from '../../src/lib/errors.ts';

const flows = () => ({ spend: Float64Array.of(1, 2), orders: Float64Array.of(3, 4) });
const facts: Told = {
  flows: async ({ span }) => {
    if (span?.words === 'never') throw new TesseraError('query-failed', 'no such day');
    return flows();
  },
  having: async (_, values) => Uint8Array.from(values, Number),
  byValue: async () => ({ ...empty(), names: ['x'] }),
  bought: async () => Uint8Array.of(1),
  elsewhere: async () => Uint8Array.of(0),
  byPart: async () => empty(),
};
const empty = () => ({
  ...{ rows: new Int32Array(), parts: new Int32Array(), spend: new Float64Array() },
  ...{ orders: new Float64Array(), bought: new Uint8Array() },
});
const span = (words: string) => inSpan({ from: '2025-01-01', to: '2025-02-01', words });

it('the worker is told the facts that the page has, several at once, each to whom it asked', async () => {
  const { port, close } = telling(facts);
  const told = toldBy(port);
  const [first, second, third, last] = await Promise.all([
    told.flows(span('January')),
    told.having('place', ['1', '0']),
    told.byValue('place', everyLine),
    told.byPart(everyLine, 'month', '2025-01-01'),
  ]);
  expect(first).toEqual(flows());
  expect([...second]).toEqual([1, 0]);
  expect(third.names).toEqual(['x']);
  expect(last.rows).toHaveLength(0);
  close();
});

it('a statement that failed fails there too, with its code', async () => {
  const { port, close } = telling(facts);
  await expect(toldBy(port).flows(span('never'))).rejects.toMatchObject({
    code: 'query-failed',
    message: expect.stringContaining('no such day'),
  });
  close();
});
