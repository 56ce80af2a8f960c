import { dayNumber } from './calendar.ts';
import { phoneTables } from './phone/tables.ts';
import { retailTables } from './retail/tables.ts';
import { coffee } from './schemes/coffee.ts';
import { fashion } from './schemes/fashion.ts';
import type { Sample, SampleSpec, SampleTables, SchemeId } from './types.ts';

const MOST_CUSTOMERS = 1_000_000;

/** What is offered in the first minute; small enough to open fast. */
export const samples: readonly Sample[] = [
  {
    id: 'coffee',
    name: 'Coffee chain',
    sentence:
      'Two years of loyalty-card orders in 24 coffee shops, from commuters to people who buy only in sales.',
    table: 'transactions',
    file: 'coffee-loyalty-orders.csv',
    spec: { scheme: 'coffee', customers: 8_000, seed: 1, from: '2024-01-01', to: '2025-12-30' },
  },
  {
    id: 'fashion',
    name: 'Online fashion shop',
    sentence: 'Eighteen months of orders, discounts and returns of an online shop for clothes.',
    table: 'transactions',
    file: 'fashion-shop-orders.csv',
    spec: { scheme: 'fashion', customers: 9_000, seed: 1, from: '2024-07-01', to: '2025-12-30' },
  },
  {
    id: 'phone',
    name: 'Phone company',
    sentence: 'One row per contract: plan, use, bill, calls to support, and who left.',
    table: 'customers',
    file: 'phone-contracts.csv',
    spec: { scheme: 'phone', customers: 7_000, seed: 1, from: '2024-01-01', to: '2025-12-30' },
  },
];

/** The sample of a scheme. */
export const sampleOf = (id: SchemeId): Sample => samples.find((sample) => sample.id === id)!;

/** The spec of a scheme as offered, but for what is given. */
export const specOf = (
  id: SchemeId,
  change: Partial<Omit<SampleSpec, 'scheme'>> = {},
): SampleSpec => ({ ...sampleOf(id).spec, ...change });

/** Everything that a scheme can write. Throws a RangeError on a spec that cannot be made. */
export function tablesOf(spec: SampleSpec): SampleTables {
  const { scheme, customers, seed, from, to } = spec;
  if (!(Number.isInteger(customers) && customers >= 0 && customers <= MOST_CUSTOMERS))
    throw new RangeError(`${customers} customers; 0 to ${MOST_CUSTOMERS} can be made`);
  if (!Number.isSafeInteger(seed)) throw new RangeError(`a seed is a whole number, not ${seed}`);
  if (dayNumber(to) < dayNumber(from)) throw new RangeError(`${to} is before ${from}`);
  if (scheme === 'phone') return phoneTables(spec);
  return retailTables(scheme === 'coffee' ? coffee : fashion, spec);
}
