import { exp } from '../exact.ts';
import { orderWorth } from './basket.ts';
import { personOf, segmentOn, type Person } from './person.ts';
import { chanceOfOrder } from './visits.ts';
import { NEVER, type World } from './world.ts';

const YEAR = 365;

/** What was planted in one customer, to check what a method says. Days count from the first of the period. */
export type Truth = {
  readonly segment: string;
  /** What they act like at the end, and since when, if they changed. */
  readonly segmentAtEnd: string;
  readonly changed: number | null;
  readonly left: number | null;
  /** Rate a year of leaving. */
  readonly hazardPerYear: number;
  /** Chance that they leave within 90 days after the period; 0 for who has left. */
  readonly leavesIn90Days: number;
  /** Factor of an offer at full strength on the chance of an order on a day. */
  readonly offer: number;
  /** Orders in an ordinary year. */
  readonly ordersPerYear: number;
  /** Expected worth of orders in the year after the period, without campaigns, leaving counted; in hundredths. */
  readonly valueNextYear: number;
};

/** The truth about customer `index`. */
export function truthOf(world: World, index: number): Truth {
  const person = personOf(world, index);
  const atEnd = segmentOn(world, person, world.days);
  const gone = person.left !== NEVER;
  return {
    segment: world.segments[person.segment]!.id,
    segmentAtEnd: atEnd.id,
    changed: person.changed === NEVER ? null : person.changed,
    left: gone ? person.left : null,
    hazardPerYear: person.hazard * YEAR,
    leavesIn90Days: gone ? 0 : 1 - exp(-90 * person.hazard),
    offer: atEnd.offer,
    ordersPerYear: atEnd.ordersPerYear * person.pace,
    valueNextYear: gone ? 0 : valueNextYear(world, person),
  };
}

function valueNextYear(world: World, person: Person): number {
  const segment = segmentOn(world, person, world.days);
  const worth = new Map<number, number>();
  const stays = exp(-person.hazard);
  let there = 1;
  let value = 0;
  for (let day = world.days; day < world.days + YEAR; day++) {
    there *= stays;
    const chance = chanceOfOrder(world, person, day, null);
    if (chance === 0) continue;
    const sale = world.sale[day]!;
    let each = worth.get(sale);
    if (each === undefined) worth.set(sale, (each = orderWorth(world, person, segment, sale)));
    value += there * chance * each;
  }
  return Math.round(value);
}
