import type { Feature } from '../../features/types.ts';

/** What is made of the same counts: to explain one by the other would only repeat the arithmetic. */
const arithmetic: readonly (readonly [one: string, other: string, because: string])[] = [
  ['orders', 'spend', 'is orders × average order'],
  ['orders', 'days_between_orders', 'falls as orders rise'],
  ['orders', 'products', 'grows with each order'],
  ['orders', 'categories', 'grows with each order'],
  ['orders', 'channels', 'grows with each order'],
  ['spend', 'average_order', 'is spend ÷ orders'],
  ['spend', 'products', 'grows with each purchase'],
  ['average_order', 'items_per_order', 'is a factor of it'],
  ['average_order', 'average_price', 'is a factor of it'],
  ['products', 'categories', 'counts the same purchases'],
  ['recency_days', 'tenure_days', 'is never shorter'],
  ['recency_days', 'trend', 'looks at the same last days'],
  ['tenure_days', 'days_between_orders', 'is at most as long'],
  ['morning_share', 'evening_share', 'shares out the same orders'],
];

/** Why a feature may not explain `outcome`, in words that follow its label; null where it may. */
export function containedIn(
  { name }: Pick<Feature, 'name'>,
  outcome: Pick<Feature, 'name'>,
): string | null {
  if (name === outcome.name) return 'is the outcome itself';
  const found = arithmetic.find(
    ([one, other]) =>
      (one === name && other === outcome.name) || (other === name && one === outcome.name),
  );
  return found ? (found[1] === name ? found[2] : 'is made of the same counts') : null;
}
