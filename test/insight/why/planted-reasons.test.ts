import { expect, it } from 'vitest';
import { unattended } from '../../../src/lib/job.ts';
import { groupRows } from '../../../src/segments/drivers.ts';
import { drivers } from '../../../src/segments/profile.ts';
import { sampleFeatures } from '../../support/sample-features.ts';

/**
 * What was planted to set each kind of coffee drinker apart most (src/samples/schemes/coffee-segments.ts), strongest first: `ordersPerYear` and
 * `hour`; `weekdays` (ninety times rarer from Monday to Thursday), then `pieces`; `deals` of 1; `hour`; `joined`; who left; dear goods (beans, equipment).
 */
const planted: Readonly<Record<string, readonly string[]>> = {
  'weekday-commuters': ['orders', 'morning_share'],
  'weekend-pairs': ['weekend_share', 'items_per_order'],
  'browse-dear-buy-in-sales': ['discount_share'],
  'evening-study': ['evening_share'],
  newcomers: ['tenure_days'],
  'lapsing-regulars': ['recency_days'],
  'home-brewers': ['average_price', 'spend'],
};

it('drivers recover the planted reasons of the sample maker in order', async () => {
  const { table, truth } = await sampleFeatures('coffee', { customers: 3000 });
  const kinds = [...new Set(truth)];
  const labels = Int32Array.from(truth, (kind) => kinds.indexOf(kind));
  const all = await drivers(table, groupRows(labels, kinds.length), unattended);
  const found = Object.fromEntries(
    Object.entries(planted).map(([kind, { length }]) => [
      kind,
      all[kinds.indexOf(kind)]!.slice(0, length).map(
        ({ feature }) => table.features[feature]!.name,
      ),
    ]),
  );
  expect(found).toEqual(planted);
}, 60_000);
