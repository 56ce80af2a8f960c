import { exp } from '../exact.ts';
import { purpose, Stream } from '../stream.ts';
import { NEVER, type Segment, type World } from './world.ts';

const PERSON = purpose('person');
const ARM = purpose('arm');
const GENDERS = 4;

/** What a customer is, of which the tables show only traces. Days count from the first of the period. */
export type Person = {
  readonly index: number;
  /** Index of the planted segment, and of the one from day `changed` on. */
  readonly segment: number;
  readonly after: number;
  readonly changed: number;
  readonly joined: number;
  /** First day without them, or NEVER. */
  readonly left: number;
  /** Chance a day of leaving, once `leavesFrom` is reached. */
  readonly hazard: number;
  /** Their own factor on the segment's pace. */
  readonly pace: number;
  /** Their own shift of the segment's hour, in hours. */
  readonly shift: number;
  /** Decides their favourite of each category. */
  readonly taste: number;
  /** 0: not known. */
  readonly born: number;
  readonly gender: number;
  readonly city: number;
  readonly store: number;
  /** Distance or delivery time, in the unit of the plan's `friction`. */
  readonly friction: number;
  readonly optIn: boolean;
  /** For each offer: 0 not eligible, 1 held out by lot, 2 contacted. */
  readonly arms: Uint8Array;
};

/** Makes customer `index`. Draws are only ever added at the end, or old samples would change. */
export function personOf(world: World, index: number): Person {
  const { plan, days } = world;
  const draw = new Stream(world.seed, index, PERSON);
  const segment = draw.pick(world.segmentSteps);
  const kind = world.segments[segment]!;
  const joined = Math.floor(draw.between(kind.joined[0], kind.joined[1]) * days);
  const born = kind.born[0] + draw.below(kind.born[1] - kind.born[0] + 1);
  const optIn = draw.unit() < kind.optIn;
  const friction = frictionOf(plan.friction, draw.unit());
  const hazard =
    (kind.leavesPerYear / 365) *
    exp(
      (friction >= plan.friction.much ? plan.leaving.muchFriction : 0) +
        (optIn ? plan.leaving.optIn : 0) +
        (world.firstYear - born < 25 ? plan.leaving.under25 : 0),
    );
  const gone = leavesAfter(world, kind, joined) + 1 + Math.floor(draw.wait(1 / hazard));
  const left = gone < days ? gone : NEVER;
  const restless = draw.unit() < (kind.change?.share ?? 0);
  const changes = restless && joined < world.changeDay && world.changeDay < left;
  return {
    index,
    segment,
    after: changes ? kind.turnsInto : segment,
    changed: changes ? world.changeDay : NEVER,
    joined,
    left,
    hazard,
    pace: draw.factor(kind.spread),
    shift: draw.bell() * 0.2,
    taste: draw.whole(),
    born: draw.unit() < 0.06 ? 0 : born,
    gender: draw.below(GENDERS),
    city: draw.below(plan.cities.length),
    store: draw.below(Math.max(1, plan.stores.length)),
    friction,
    optIn,
    arms: armsOf(world, index, optIn, joined),
  };
}

/** First day on which they may leave. */
export const leavesAfter = (world: World, kind: Segment, joined: number): number =>
  Math.max(joined, 0, Math.round(kind.leavesFrom * world.days));

/** The segment that a person acts like on a day. */
export const segmentOn = (world: World, person: Person, day: number): Segment =>
  world.segments[day < person.changed ? person.segment : person.after]!;

/** Planted chance that a customer like this has left before the period ends. */
export function chanceLeft(world: World, { segment, joined, hazard }: Person): number {
  const exposed = world.days - 1 - leavesAfter(world, world.segments[segment]!, joined);
  return exposed > 0 ? 1 - exp(Math.max(-700, -hazard * exposed)) : 0;
}

function armsOf(world: World, index: number, optIn: boolean, joined: number): Uint8Array {
  const arms = new Uint8Array(world.offers.length);
  if (optIn)
    world.offers.forEach(({ start, holdout }, i) => {
      if (joined < start) arms[i] = new Stream(world.seed, index, ARM + i).unit() < holdout ? 1 : 2;
    });
  return arms;
}

function frictionOf({ low, high, whole }: World['plan']['friction'], u: number): number {
  const value = low + (high - low) * u * u; // most live near
  return whole ? Math.round(value) : Math.round(value * 100) / 100;
}

/** Time of day, in seconds, within opening hours. */
export function secondsOf(world: World, person: Person, segment: Segment, draw: Stream): number {
  const [usual, spread] = segment.hour;
  const [open, close] = world.plan.open;
  let hour = usual + person.shift + draw.bell() * spread;
  if (hour < open) hour = 2 * open - hour;
  if (hour >= close) hour = 2 * close - hour - 1 / 3600;
  return Math.floor(hour * 3600);
}
