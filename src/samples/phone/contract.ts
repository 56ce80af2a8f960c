import { exp } from '../exact.ts';
import { purpose, steps, Stream } from '../stream.ts';
import type { SampleSpec } from '../types.ts';
import { contractPlans, drivers } from './plan.ts';

const CONTRACT = purpose('contract');
const shares = steps(contractPlans.map(({ share }) => share));
const terms = contractPlans.map((plan) => steps(plan.terms));
const ALLOWANCES = [1, 5, 15, 30, 60, 100, 250];

/** A contract on the last day of the period, and whether it was ended in the month after. */
export type Contract = {
  readonly segment: number;
  readonly age: number;
  readonly region: number;
  /** 0 month-to-month, 1 one year, 2 two years. */
  readonly term: number;
  readonly tenureMonths: number;
  readonly lines: number;
  /** Hundredths a month, all lines and extras. */
  readonly charge: number;
  readonly total: number;
  readonly allowanceGb: number;
  /** Hundredths of a gigabyte, in the last month. */
  readonly dataGb: number;
  readonly minutes: number;
  readonly roamingDays: number;
  readonly calls: number;
  readonly autopay: boolean;
  readonly insurance: boolean;
  readonly streaming: boolean;
  readonly priceRise: boolean;
  /** Planted chance of leaving, without and with the retention offer. */
  readonly leaves: number;
  readonly leavesWithOffer: number;
  readonly left: boolean;
};

/** Makes contract `index`. Draws are only ever added at the end, or old samples would change. */
export function contractOf({ seed }: SampleSpec, index: number): Contract {
  const draw = new Stream(seed, index, CONTRACT);
  const segment = draw.pick(shares);
  const plan = contractPlans[segment]!;
  const among = ([low, high]: readonly [number, number]) => low + draw.below(high - low + 1);
  const age = among(plan.age);
  const region = draw.below(REGIONS.length);
  const term = draw.pick(terms[segment]!);
  const tenureMonths = among(plan.tenureMonths);
  const lines = among(plan.lines);
  const base = draw.between(plan.price[0], plan.price[1]) * (1 + 0.55 * (lines - 1));
  const dataGb = Math.round(draw.between(plan.dataGb[0], plan.dataGb[1]) * 100);
  const allowanceGb = allowanceFor(dataGb / 100, draw.unit() < 0.16);
  const minutes = among(plan.minutes);
  const roamingDays = among(plan.roamingDays);
  const calls = Math.min(9, Math.floor(draw.wait(plan.calls + 0.4)));
  const autopay = draw.unit() < plan.autopay;
  const insurance = draw.unit() < plan.insurance;
  const streaming = draw.unit() < plan.streaming;
  const priceRise = draw.unit() < 0.25;
  const charge = Math.round(
    (base + (insurance ? 6 : 0) + (streaming ? 8 : 0)) * (priceRise ? 1.08 : 1) * 100,
  );
  const facts = { term, tenureMonths, calls, autopay, insurance, priceRise, lines };
  const logOdds = logOddsOfLeaving({ ...facts, over: dataGb > allowanceGb * 100 });
  const leaves = chance(logOdds);
  return {
    ...facts,
    segment,
    age,
    region,
    charge,
    total: Math.round(charge * tenureMonths * draw.between(0.9, 1)),
    allowanceGb,
    dataGb,
    minutes,
    roamingDays,
    streaming,
    leaves,
    leavesWithOffer: chance(logOdds + plan.offer),
    left: draw.unit() < leaves,
  };
}

/** Where customers live. */
export const REGIONS = ['North', 'South', 'East', 'West', 'Centre'];

/** The planted model; every part of it stands in the table. */
export function logOddsOfLeaving(facts: {
  readonly term: number;
  readonly tenureMonths: number;
  readonly calls: number;
  readonly autopay: boolean;
  readonly insurance: boolean;
  readonly priceRise: boolean;
  readonly lines: number;
  readonly over: boolean;
}): number {
  return (
    drivers.base +
    (facts.term === 0 ? drivers.monthToMonth : 0) +
    (facts.term === 2 ? drivers.twoYears : 0) +
    (Math.min(facts.tenureMonths, 72) / 12) * drivers.tenurePerYear +
    facts.calls * drivers.perSupportCall +
    (facts.over ? drivers.overAllowance : 0) +
    (facts.priceRise ? drivers.priceRise : 0) +
    (facts.autopay ? drivers.autopay : 0) +
    (facts.insurance ? drivers.insurance : 0) +
    (facts.lines - 1) * drivers.perExtraLine
  );
}

const chance = (logOdds: number): number => 1 / (1 + exp(-logOdds));

/** The smallest bundle that holds the use, or for `short` people the one below. */
function allowanceFor(gb: number, short: boolean): number {
  const fits = ALLOWANCES.findIndex((allowance) => allowance >= gb);
  return ALLOWANCES[Math.max(0, fits - (short ? 1 : 0))]!;
}
