import { purpose, Stream } from '../stream.ts';
import { segmentOn, type Person } from './person.ts';
import type { Offer, World } from './world.ts';

const VISITS = purpose('visits');
const MOST = 0.95;

/** Planted chance that a person orders on a day, if `offer` reached them or (null) did not. */
export function chanceOfOrder(
  world: World,
  person: Person,
  day: number,
  offer: Offer | null,
): number {
  if (day < person.joined || day >= person.left) return 0;
  const segment = segmentOn(world, person, day);
  const { fading } = world.plan;
  let chance = segment.chance[day]! * person.pace;
  if (day >= person.left - fading.days) chance *= fading.factor;
  if (offer) chance *= 1 + (segment.offer - 1) * offer.strength;
  return Math.min(chance, MOST);
}

/** The offer that reached this person and whose window holds the day, or null. */
export function offerOn(world: World, person: Person, day: number): Offer | null {
  const i = world.offerOn[day]!;
  return i >= 0 && person.arms[i] === 2 ? world.offers[i]! : null;
}

/**
 * Days with an order, in order. One number is drawn a day whatever was sent, so the same person with and without an offer
 * differs only where the offer decided. People join with an order, except those who wait for a sale or a season.
 */
export function visitDays(world: World, person: Person): number[] {
  const draw = new Stream(world.seed, person.index, VISITS);
  const found: number[] = [];
  const end = Math.min(world.days, person.left);
  for (let day = Math.max(0, person.joined); day < end; day++) {
    const chance = chanceOfOrder(world, person, day, offerOn(world, person, day));
    const u = draw.unit();
    if (u < chance || (day === person.joined && chance > 0)) found.push(day);
  }
  return found;
}

/** Planted chance of at least one order within an offer's window, with and without the offer. */
export function response(
  world: World,
  person: Person,
  offer: Offer,
): { readonly offered: number; readonly notOffered: number } {
  let none = 1;
  let noneOffered = 1;
  const end = Math.min(world.days, offer.start + world.plan.offerDays.window);
  for (let day = offer.start; day < end; day++) {
    none *= 1 - chanceOfOrder(world, person, day, null);
    noneOffered *= 1 - chanceOfOrder(world, person, day, offer);
  }
  return { offered: 1 - noneOffered, notOffered: 1 - none };
}
