import { expect, it } from 'vitest';
import { layLedger, type LedgerStep } from '../../src/charts/waterfall.ts';

const step = (kind: LedgerStep['kind'], value: number): LedgerStep => ({
  kind,
  value,
  label: '',
  words: '',
});

it('rows that add up leave nothing unexplained, and each bar begins where the one before ends', () => {
  const { bars, broken, unexplained } = layLedger([
    step('total', 1000),
    step('loss', -30),
    step('loss', -20),
    step('total', 950),
  ]);
  expect(unexplained).toBe(0);
  expect(broken).toBe(true);
  expect(bars[0]).toMatchObject({ from: 0, to: 1, join: 1 });
  expect(bars[1]?.to).toBe(bars[0]?.join);
  expect(bars[2]?.to).toBeCloseTo(bars[1]!.from);
  expect(bars[3]?.to).toBeCloseTo(bars[2]!.from);
});

it('bars of losses keep their proportion over the broken axis', () => {
  const { bars } = layLedger([
    step('total', 1000),
    step('loss', -30),
    step('loss', -10),
    step('total', 960),
  ]);
  expect((bars[1]!.to - bars[1]!.from) / (bars[2]!.to - bars[2]!.from)).toBeCloseTo(3);
});

it('large losses need no break: the axis starts at zero', () => {
  const { bars, broken } = layLedger([step('total', 100), step('loss', -80), step('total', 20)]);
  expect(broken).toBe(false);
  expect(bars[2]).toMatchObject({ from: 0, to: 0.2 });
});

it('says how much is not explained', () => {
  expect(layLedger([step('total', 100), step('loss', -10), step('total', 85)]).unexplained).toBe(
    -5,
  );
});

it.each([
  [[]],
  [[step('total', 0), step('total', 0)]],
  [[step('total', 5), step('total', 5)]],
  [[step('total', 5), step('loss', -5), step('total', 0)]],
])('draws no impossible bar from %j', (steps) => {
  for (const { from, to, join } of layLedger(steps).bars)
    for (const share of [from, to, join]) expect(share >= 0 && share <= 1).toBe(true);
});
