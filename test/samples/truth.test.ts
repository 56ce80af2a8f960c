import { beforeAll, describe, expect, it } from 'vitest';
import { inSpan, weekday, dayNumber } from '../../src/samples/calendar.ts';
import { chanceLeft, personOf, type Person } from '../../src/samples/retail/person.ts';
import { truthOf } from '../../src/samples/retail/truth.ts';
import { response, visitDays } from '../../src/samples/retail/visits.ts';
import { NEVER, openWorld, type World } from '../../src/samples/retail/world.ts';
import { coffee } from '../../src/samples/schemes/coffee.ts';
import { fashion } from '../../src/samples/schemes/fashion.ts';
import { specOf } from '../../src/samples/schemes.ts';
import { rowsOf } from './read.ts';

/** A count that has mean `mean` and variance `variance` is farther off than this once in about 4,000 times. */
const close = (count: number, mean: number, variance: number) =>
  expect(Math.abs(count - mean) / Math.sqrt(variance + 1e-9)).toBeLessThan(3.7);

describe.each([
  ['coffee', coffee],
  ['fashion', fashion],
] as const)('%s: what was planted can be found again', (scheme, plan) => {
  const n = 20_000;
  const spec = specOf(scheme, { customers: n, seed: 5 });
  const first = dayNumber(spec.from);
  let world: World;
  let people: Person[];
  let visits: number[][];
  beforeAll(() => {
    world = openWorld(plan, spec);
    people = Array.from({ length: n }, (_, index) => personOf(world, index));
    visits = people.map((person) => visitDays(world, person));
  });
  const of = (id: string) => {
    const segment = plan.segments.findIndex((each) => each.id === id);
    return people.filter((person) => person.segment === segment);
  };

  it('segments have their shares', () => {
    const total = plan.segments.reduce((sum, { share }) => sum + share, 0);
    for (const { id, share } of plan.segments) {
      const p = share / total;
      close(of(id).length, n * p, n * p * (1 - p));
    }
  });

  it('as many leave as the hazards say: in each segment, far and near, old and young', () => {
    const groups = [
      ...plan.segments.map(({ id }) => of(id)),
      people.filter(({ friction }) => friction >= plan.friction.much),
      people.filter(({ friction }) => friction < plan.friction.much),
      people.filter(({ optIn }) => optIn),
      people.filter(({ born }) => born > world.firstYear - 25),
    ];
    for (const group of groups) {
      const chances = group.map((person) => chanceLeft(world, person));
      const left = group.filter((person) => person.left !== NEVER).length;
      close(left, sum(chances), sum(chances.map((p) => p * (1 - p))));
    }
    const rate = (group: Person[]) => mean(group.map(({ hazard }) => hazard));
    const usual = of(plan.segments[1]!.id);
    expect(rate(usual.filter(({ friction }) => friction >= plan.friction.much))).toBeGreaterThan(
      1.5 * rate(usual.filter(({ friction }) => friction < plan.friction.much)),
    );
  });

  it('nobody orders before joining or after leaving, and pace fades before it', () => {
    let [last, before] = [0, 0];
    const { days } = plan.fading;
    for (const person of of('lapsing-regulars')) {
      if (person.left === NEVER || person.left < 3 * days || person.joined > 0) continue;
      for (const day of visits[person.index]!) {
        expect(day >= person.joined && day < person.left).toBe(true);
        if (day >= person.left - days) last++;
        else if (day >= person.left - 2 * days) before++;
      }
    }
    expect(last / before).toBeGreaterThan(plan.fading.factor * 0.85);
    expect(last / before).toBeLessThan(plan.fading.factor * 1.15);
  });

  it('who is held out is decided by lot', () => {
    world.offers.forEach(({ holdout }, i) => {
      const eligible = people.filter(({ arms }) => arms[i]! > 0);
      const held = eligible.filter(({ arms }) => arms[i] === 1);
      const m = eligible.length;
      expect(m).toBeGreaterThan(5_000);
      close(held.length, m * holdout, m * holdout * (1 - holdout));
      const traits: ((person: Person) => number)[] = [
        ({ pace }) => pace,
        ({ friction }) => friction,
        ({ joined }) => joined,
        ({ gender }) => gender % 2,
        ...plan.segments.map(
          (_, s) =>
            ({ segment }: Person) =>
              segment === s ? 1 : 0,
        ),
      ];
      for (const trait of traits) {
        const [all, some] = [eligible.map(trait), held.map(trait)];
        const centre = mean(all);
        const variance = mean(all.map((x) => (x - centre) ** 2));
        close(mean(some), centre, (variance / held.length) * (1 - held.length / m));
      }
    });
  });

  it('contacted minus held out is the planted effect of the offers, in each segment', () => {
    const measured = new Map<string, { effect: number; error: number; planted: number }>();
    for (const { id } of plan.segments) {
      let [effect, variance, planted] = [0, 0, 0];
      world.offers.forEach((offer, i) => {
        const eligible = of(id).filter(({ arms }) => arms[i]! > 0);
        const arm = (which: number) => eligible.filter(({ arms }) => arms[i] === which);
        const rate = (group: Person[]) =>
          mean(
            group.map(({ index }) =>
              visits[index]!.some(
                (day) => day >= offer.start && day < offer.start + plan.offerDays.window,
              )
                ? 1
                : 0,
            ),
          );
        if (arm(1).length < 30) return; // newcomers join after most campaigns
        const [held, sent] = [rate(arm(1)), rate(arm(2))];
        effect += sent - held;
        variance += (held * (1 - held)) / arm(1).length + (sent * (1 - sent)) / arm(2).length;
        planted += mean(
          eligible.map((person) => {
            const { offered, notOffered } = response(world, person, offer);
            return offered - notOffered;
          }),
        );
      });
      close(effect, planted, variance);
      measured.set(id, { effect, error: Math.sqrt(variance), planted });
    }
    const putOff = plan.segments.find(({ offer }) => offer < 1)!;
    const { effect, error } = measured.get(putOff.id)!;
    expect(effect / error).toBeLessThan(-3);
    const won = measured.get('lapsing-regulars')!;
    expect(won.effect / won.error).toBeGreaterThan(3);
    if (scheme === 'coffee') expect(measured.get('browse-dear-buy-in-sales')!.planted).toBe(0);
  });

  it('those who change habit do so on the day, and the others of their segment do not', () => {
    const from = plan.segments.find(({ change }) => change)!;
    const weekend = (group: Person[], after: boolean) => {
      const days = group
        .flatMap(({ index }) => visits[index]!)
        .filter((day) => day >= world.changeDay === after);
      return mean(days.map((day) => (weekday(first + day) >= 5 ? 1 : 0)));
    };
    const changed = of(from.id).filter(({ changed }) => changed !== NEVER);
    const same = of(from.id).filter(({ changed }) => changed === NEVER);
    const there = of(from.id).filter(
      ({ joined, left }) => joined < world.changeDay && left > world.changeDay,
    );
    close(
      changed.length,
      there.length * from.change!.share,
      there.length * from.change!.share * (1 - from.change!.share),
    );
    expect(weekend(changed, false)).toBeLessThan(0.05);
    expect(weekend(changed, true)).toBeGreaterThan(0.85);
    expect(weekend(same, true)).toBeLessThan(0.05);
  });

  it('some browse dear things all year and buy only in sales', () => {
    const group = of('browse-dear-buy-in-sales');
    for (const { index } of group)
      for (const day of visits[index]!)
        expect(plan.sales.some((sale) => inSpan(first + day, sale))).toBe(true);
    expect(mean(group.map(({ index }) => visits[index]!.length))).toBeGreaterThan(6);
    const others = people.filter(({ segment }) => plan.segments[segment]!.when === 'any');
    const inSale = others
      .flatMap(({ index }) => visits[index]!)
      .map((day) => (world.sale[day]! > 0 ? 1 : 0));
    expect(mean(inSale)).toBeLessThan(0.4);
  });

  it('chances and values are within their ranges', () => {
    for (const { index, left, joined } of people.slice(0, 2_000)) {
      const truth = truthOf(world, index);
      expect(truth.leavesIn90Days >= 0 && truth.leavesIn90Days <= 1).toBe(true);
      expect(truth.valueNextYear > 0).toBe(left === NEVER);
      expect(joined).toBeLessThan(world.days);
    }
  });
});

it('the value of next year is what such people spent in the last one', async () => {
  const spec = specOf('coffee', { customers: 3_000, seed: 9 });
  const world = openWorld(coffee, spec);
  const since = world.days - 365;
  const steady = Array.from({ length: spec.customers }, (_, i) => personOf(world, i)).filter(
    ({ joined, left, changed, optIn, segment }) =>
      joined < since &&
      left === NEVER &&
      changed === NEVER &&
      !optIn &&
      coffee.segments[segment]!.id !== 'lapsing-regulars',
  );
  expect(steady.length).toBeGreaterThan(400);
  const ids = new Map(steady.map(({ index }) => [`C${String(index + 1).padStart(7, '0')}`, index]));
  let spent = 0;
  for (const line of await rowsOf(spec, 'transactions'))
    if (ids.has(line['customer_id']!) && line['ordered_at']! >= '2024-12-31')
      spent += Number(line['amount']);
  const expected = sum(
    steady.map((person) => {
      const year = person.hazard * 365;
      return truthOf(world, person.index).valueNextYear / 100 / ((1 - Math.exp(-year)) / year); // as if none left
    }),
  );
  expect(spent / (1 - coffee.unscanned) / expected).toBeGreaterThan(0.95);
  expect(spent / (1 - coffee.unscanned) / expected).toBeLessThan(1.05);
});

it('the dear things are looked at by those who buy cheaper ones in sales', async () => {
  for (const scheme of ['coffee', 'fashion'] as const) {
    const spec = specOf(scheme, { customers: 600 });
    const dear = new Set(
      (await rowsOf(spec, 'truth'))
        .filter((row) => row['segment'] === 'browse-dear-buy-in-sales')
        .map((row) => row['customer_id']),
    );
    const seen = (await rowsOf(spec, 'browsing')).filter((row) => dear.has(row['customer_id']));
    const bought = (await rowsOf(spec, 'transactions')).filter((row) =>
      dear.has(row['customer_id']),
    );
    expect(seen.length).toBeGreaterThan(1_000);
    expect(mean(seen.map((row) => Number(row['price_shown'])))).toBeGreaterThan(
      4 * mean(bought.map((row) => Number(row['unit_price']))),
    );
    expect(bought.every((row) => Number(row['discount']) !== 0)).toBe(true);
  }
});

it('rewards are used less from one to the next, and who will leave rates lower', async () => {
  const spec = specOf('coffee', { customers: 4_000 });
  const left = new Map((await rowsOf(spec, 'truth')).map((row) => [row['customer_id'], row]));
  const rewards = (await rowsOf(spec, 'redemptions')).filter(
    (row) => left.get(row['customer_id'])!['segment'] === 'weekday-commuters',
  );
  const used = (number: string) =>
    mean(
      rewards.filter((row) => row['number'] === number).map((row) => (row['redeemed_on'] ? 1 : 0)),
    );
  expect(used('1')).toBeGreaterThan(0.7);
  expect(used('4')).toBeLessThan(used('1') - 0.15);
  const ratings = { soon: [] as number[], not: [] as number[] };
  for (const review of await rowsOf(spec, 'reviews')) {
    const truth = left.get(review['customer_id'])!;
    if (truth['segment'] !== 'lapsing-regulars' || !truth['left_on']) continue;
    const days = dayNumber(truth['left_on']) - dayNumber(review['written_on']!);
    ratings[days <= 100 ? 'soon' : 'not'].push(Number(review['rating']));
  }
  expect(mean(ratings.soon)).toBeLessThan(mean(ratings.not) - 0.6);
});

const sum = (xs: readonly number[]) => xs.reduce((total, x) => total + x, 0);
const mean = (xs: readonly number[]) => sum(xs) / xs.length;
