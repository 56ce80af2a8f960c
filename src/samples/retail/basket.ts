import type { Stream } from '../stream.ts';
import type { Person } from './person.ts';
import type { Category, Segment, World } from './world.ts';

/** Chance that a line is bought with the offer's price, by someone whom the offer reached. */
const OFFER_USED = 0.6;

/** What was bought: `category` and `product` are indices; money in hundredths, `discount` for all pieces together. */
export type Line = {
  readonly category: number;
  readonly product: number;
  readonly pieces: number;
  readonly price: number;
  readonly discount: number;
};

/** One line of an order; `sale` and `offered` are shares off the list price. */
export function lineOf(
  world: World,
  person: Person,
  segment: Segment,
  reduced: { readonly sale: number; readonly offered: number },
  draw: Stream,
): Line {
  const category = draw.pick(segment.categorySteps);
  const { products } = world.categories[category]!;
  const own = draw.unit() < segment.favourite;
  const u = draw.unit();
  const product = own
    ? favourite(person, category, products.length)
    : Math.floor(u * u * products.length);
  const pieces = 1 + draw.pick(segment.pieceSteps);
  const bargain = draw.unit();
  const off =
    reduced.sale > 0
      ? bargain < segment.deals
        ? reduced.sale
        : 0
      : bargain < OFFER_USED
        ? reduced.offered
        : 0;
  const { price } = products[product]!;
  return { category, product, pieces, price, discount: Math.round(pieces * price * off) };
}

/** Expected worth of an order at a sale's share off, after discounts and returns, in hundredths. */
export function orderWorth(world: World, person: Person, segment: Segment, sale: number): number {
  let price = 0;
  world.categories.forEach((category, i) => {
    const share = segment.categorySteps[i]! - (segment.categorySteps[i - 1] ?? 0);
    if (share > 0) price += share * meanPrice(category, i, person, segment.favourite);
  });
  const list = mean(segment.lineSteps) * mean(segment.pieceSteps) * price;
  return list * (1 - segment.deals * sale) * (1 - segment.returns);
}

function meanPrice({ products }: Category, category: number, person: Person, own: number): number {
  const n = products.length;
  const others = products.reduce(
    (sum, { price }, i) => sum + price * (Math.sqrt((i + 1) / n) - Math.sqrt(i / n)), // the product drawn is ⌊n u²⌋
    0,
  );
  return own * products[favourite(person, category, n)]!.price + (1 - own) * others;
}

/** Mean of 1, 2, 3, … with these cumulative weights. */
const mean = (steps: Float64Array): number => steps.reduce((sum, step) => sum + (1 - step), 1);

function favourite({ taste }: Person, category: number, products: number): number {
  return (Math.imul(taste ^ (category + 1), 0x9e3779b1) >>> 8) % products;
}
