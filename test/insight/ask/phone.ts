import { asked } from './question.ts';
import type { World } from './worlds.ts';
import type { Expected } from './question.ts';

/** A phone company's file has no order lines: by plain loops over its columns. */
const loop =
  (of: (at: (name: string, value: number) => Uint8Array, world: World) => number) =>
  async (world: World): Promise<Expected> => ({
    figure: of(
      (name, value) => Uint8Array.from(world.column(name), (each) => (each === value ? 1 : 0)),
      world,
    ),
  });
const code = (world: World, name: string, value: string): number =>
  world.table.features.find((each) => each.name === name)!.categories!.indexOf(value);
const sum = (xs: ArrayLike<number>): number => Array.from(xs).reduce((a, b) => a + b, 0);
const average = (xs: readonly number[]): number => sum(xs) / xs.length;
const middle = (xs: readonly number[]): number => {
  const sorted = [...xs].sort((a, b) => a - b);
  return (
    (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2
  );
};
const chargesBy = (world: World): (readonly [string, number])[] => {
  const [contract, charges] = [world.column('Contract'), world.column('MonthlyCharges')];
  const { categories } = world.table.features.find(({ name }) => name === 'Contract')!;
  return categories!.map(
    (label, v) => [label, average([...charges].filter((_, r) => contract[r] === v))] as const,
  );
};
export const phone = asked('phone', [
  ['how many female customers', loop((at, w) => sum(at('gender', code(w, 'gender', 'Female'))))],
  ['how many customers have churn', loop((at) => sum(at('Churn', 1)))],
  [
    'what share of customers with contract Month-to-month have churn',
    loop((at, w) => {
      const [own, churn] = [at('Contract', code(w, 'Contract', 'Month-to-month')), at('Churn', 1)];
      return sum(own.map((is, r) => is & churn[r]!)) / sum(own);
    }),
  ],
  ['average monthly charges by contract', async (w) => ({ rows: chargesBy(w) })],
  [
    'median tenure of Loyal',
    loop((_, w) =>
      middle([...w.column('tenure')].filter((__, r) => w.segmentation.labels[r] === 2)),
    ),
  ],
  [
    'customers without partner with tenure over 60',
    async (w) => {
      const [partner, tenure] = [w.column('Partner'), w.column('tenure')];
      return { ids: w.table.customers.filter((_, r) => partner[r] === 0 && tenure[r]! > 60) };
    },
  ],
  ['how many customers are senior citizens', loop((at) => sum(at('SeniorCitizen', 1)))],
  [
    'how many customers by internet service',
    async (w) => {
      const { categories } = w.table.features.find(({ name }) => name === 'InternetService')!;
      const own = w.column('InternetService');
      const all = categories!.map(
        (label, v) => [label, own.filter((each) => each === v).length / own.length] as const,
      );
      return { rows: all.sort((a, b) => b[1] - a[1]) };
    },
  ],
  [
    'top 4 customers by monthly charges',
    async (w) => {
      const charges = w.column('MonthlyCharges');
      const order = w.table.customers
        .map((id, r) => [id, charges[r]!] as const)
        .sort((a, b) => b[1] - a[1]);
      return { ids: order.slice(0, 4).map(([id]) => id), ordered: true };
    },
  ],
  [
    'which contract has the highest average monthly charges',
    async (w) => ({ rows: [[...chargesBy(w)].sort((a, b) => b[1] - a[1])[0]!] }),
  ],
  [
    'segments with average monthly charges over 50',
    async (w) => {
      const charges = w.column('MonthlyCharges');
      return {
        met: w.segmentation.segments
          .filter(
            ({ id }) =>
              average([...charges].filter((_, r) => w.segmentation.labels[r] === id)) > 50,
          )
          .map(({ name }) => name),
      };
    },
  ],
  ['how many customers have no partner', loop((at) => sum(at('Partner', 0)))],
  [
    'average churn of Newcomers',
    loop((at, w) => average([...at('Churn', 1)].filter((_, r) => w.segmentation.labels[r] === 0))),
  ],
  [
    'how many male customers with tenure of at least 24',
    loop((at, w) =>
      sum(
        at('gender', code(w, 'gender', 'Male')).map((is, r) =>
          is && w.column('tenure')[r]! >= 24 ? 1 : 0,
        ),
      ),
    ),
  ],
  ['customers by month', 'refused'],
  ['how many customers bought in the last 90 days', 'refused'],
  ['segments with falling spend', 'refused'],
  ['average contract', 'refused'],
  ['predict churn for next month', 'refused'],
  ['how many customers with tenure over 20 %', 'refused'],
]);
