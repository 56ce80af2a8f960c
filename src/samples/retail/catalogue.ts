import type { Product } from './plan.ts';

/** Products of one category, from names and prices in whole currency: `{ Espresso: 2.4 }`. */
export function priced(category: string, prices: Readonly<Record<string, number>>): Product[] {
  return Object.entries(prices).map(([name, price]) => ({
    name,
    category,
    price: Math.round(price * 100),
  }));
}
