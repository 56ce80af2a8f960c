import { expect, it } from 'vitest';
import { contractOf, logOddsOfLeaving } from '../../src/samples/phone/contract.ts';
import { contractPlans } from '../../src/samples/phone/plan.ts';
import { specOf } from '../../src/samples/schemes.ts';
import { rowsOf } from './read.ts';

const spec = specOf('phone', { customers: 20_000, seed: 3 });
const contracts = Array.from({ length: spec.customers }, (_, i) => contractOf(spec, i));
const sum = (xs: readonly number[]) => xs.reduce((total, x) => total + x, 0);

it('about a quarter leaves, and in each tenth of the chance as many as it says', () => {
  const left = contracts.filter((c) => c.left).length / contracts.length;
  expect(left).toBeGreaterThan(0.18);
  expect(left).toBeLessThan(0.32);
  const sorted = [...contracts].sort((a, b) => a.leaves - b.leaves);
  for (let tenth = 0; tenth < 10; tenth++) {
    const group = sorted.slice(tenth * 2_000, (tenth + 1) * 2_000);
    const variance = sum(group.map(({ leaves: p }) => p * (1 - p)));
    const off = group.filter((c) => c.left).length - sum(group.map((c) => c.leaves));
    expect(Math.abs(off) / Math.sqrt(variance)).toBeLessThan(3.7);
  }
});

it('the planted chance can be worked out from the table alone', async () => {
  const small = { ...spec, customers: 500 };
  const [rows, truth] = [await rowsOf(small, 'customers'), await rowsOf(small, 'truth')];
  const terms = ['month-to-month', 'one year', 'two years'];
  rows.forEach((row, i) => {
    const logOdds = logOddsOfLeaving({
      term: terms.indexOf(row['contract']!),
      tenureMonths: Number(row['tenure_months']),
      calls: Number(row['support_calls']),
      lines: Number(row['lines']),
      autopay: row['autopay'] === 'yes',
      insurance: row['insurance'] === 'yes',
      priceRise: row['price_rise'] === 'yes',
      over: Number(row['data_used_gb']) > Number(row['data_allowance_gb']),
    });
    expect(1 / (1 + Math.exp(-logOdds))).toBeCloseTo(Number(truth[i]!['chance_of_leaving']), 5);
    expect(row['total_charges'] === '').toBe(row['tenure_months'] === '0');
  });
  expect(new Set(rows.map((row) => row['customer_id'])).size).toBe(500);
});

it('segments have their shares, and the offer helps all but those whom it reminds', () => {
  contractPlans.forEach(({ share, offer }, s) => {
    const group = contracts.filter(({ segment }) => segment === s);
    const off = group.length - share * contracts.length;
    expect(Math.abs(off) / Math.sqrt(contracts.length * share * (1 - share))).toBeLessThan(3.7);
    for (const { leaves, leavesWithOffer } of group)
      expect(Math.sign(leavesWithOffer - leaves)).toBe(Math.sign(offer));
  });
});

it('the planted model separates leavers as well as real ones can be separated', () => {
  const sorted = [...contracts].sort((a, b) => a.leaves - b.leaves);
  let [rank, leavers] = [0, 0];
  sorted.forEach(({ left }, i) => left && ((rank += i + 1), leavers++));
  const stayers = sorted.length - leavers;
  const auc = (rank - (leavers * (leavers + 1)) / 2) / (leavers * stayers);
  expect(auc).toBeGreaterThan(0.78);
  expect(auc).toBeLessThan(0.9);
});
