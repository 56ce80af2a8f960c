import type { Feature, FeatureTable, Unit } from '../../../src/features/types.ts';
import { sql, type Sql } from '../../../src/lib/sql.ts';
import { matrix } from '../../../src/lib/matrix.ts';
import { random } from '../../../src/lib/random.ts';

const named: readonly (readonly [string, string, Unit])[] = [
  ['recency_days', 'Recency', 'days'],
  ['orders', 'Orders', 'count'],
  ['spend', 'Spend', 'money'],
  ['average_order', 'Average order', 'money'],
  ['tenure_days', 'Tenure', 'days'],
  ['items_per_order', 'Items per order', 'count'],
  ['average_price', 'Average price', 'money'],
  ['products', 'Products', 'count'],
  ['returns_share', 'Returns', 'share'],
  ['discount_share', 'Bought at a discount', 'share'],
  ['weekend_share', 'Weekend orders', 'share'],
  ['morning_share', 'Morning orders', 'share'],
  ['evening_share', 'Evening orders', 'share'],
  ['trend', 'Trend', 'number'],
  ['plan', 'Plan', 'category'],
  ['newsletter', 'Newsletter', 'share'],
];
const plans = ['basic', 'family', 'student', 'business'];

/** Customers of 16 features as orders give them: twelve kinds, skewed amounts, a category and a yes or no. */
export function customersOf(rows: number): FeatureTable {
  const cols = named.length;
  const next = random(7);
  const middles = Float64Array.from({ length: 12 * cols }, () => 3 * next());
  const raw = matrix(rows, cols);
  const scaled = matrix(rows, cols);
  for (let r = 0, p = 0; r < rows; r++) {
    const kind = Math.floor(next() * 12);
    for (let c = 0; c < cols; c++, p++) {
      const x = middles[kind * cols + c]! + next() + next() + next();
      scaled.data[p] = x;
      const [, , unit] = named[c]!;
      raw.data[p] =
        unit === 'share' && c < cols - 1
          ? x / 6
          : c === cols - 1
            ? +(x > 3)
            : unit === 'category'
              ? Math.floor(x) % plans.length
              : unit === 'number'
                ? x / 3 - 1
                : unit === 'money'
                  ? Math.round(100 * x * x * x) / 100
                  : Math.floor(x * x * 5);
    }
  }
  const features = named.map(([name, label, unit]): Feature => ({
    ...{ name, label, unit, definition: label, scaling: '', used: true },
    ...{ unusedReason: null, gaps: 0, gapRule: null },
    ...(unit === 'category' && { categories: plans }),
  }));
  return {
    asOf: '2025-12-30',
    customers: Array.from({ length: rows }, (_, r) => `C${String(r).padStart(7, '0')}`),
    ...{ features, raw, scaled, scaledFrom: named.map((_, c) => c), spend: 2, sql: '' },
  };
}

/** Three lines of each of these customers over two years, as the cleaned table `orders`. */
export const orderLines = (rows: number): Sql => sql`
  SELECT 'C' || lpad((i // 3)::VARCHAR, 7, '0')                                  AS customer,
         TIMESTAMP '2024-01-01' + to_days((hash(i) % 730)::INTEGER)               AS ordered_at,
         'O' || i                                                                AS order_id,
         (hash(i + 1) % 10000)::DOUBLE / 100                                      AS amount,
         (1 + hash(i + 2) % 4)::DOUBLE                                            AS quantity,
         hash(i + 3) % 20 = 0                                                     AS is_return,
         ['Germany', 'France', 'Spain', 'Italy'][1 + (hash(i + 4) % 4)::INTEGER]  AS place,
         ['web', 'shop'][1 + (hash(i + 5) % 2)::INTEGER]                          AS channel,
         ['Coffee', 'Tea', 'Cake'][1 + (hash(i + 6) % 3)::INTEGER]                AS category,
         'Product ' || hash(i + 7) % 200                                          AS product
  FROM range(${3 * rows}) t(i)`;
