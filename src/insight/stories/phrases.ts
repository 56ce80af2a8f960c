import type { Feature } from '../../features/types.ts';
import { valueWords } from '../../features/value-words.ts';
import type { Driver } from '../../segments/types.ts';
import type { Claim, Piece, Source } from './claim.ts';

export const piece = (text: string, value: number, source: Source): Piece => ({
  text,
  value,
  source,
});

/** "12.1 % (11.2–13.0)". */
export function withInterval(
  { value, low, high }: { readonly value: number; readonly low: number; readonly high: number },
  source: (part: 'value' | 'low' | 'high') => Source,
  say: (value: number) => string,
): Piece[] {
  return [
    piece(say(value), value, source('value')),
    ' (',
    piece(say(low), low, source('low')),
    ' to ',
    piece(say(high), high, source('high')),
    ')',
  ];
}

/** "Orders", or of a category "Plan family". */
export function subject({ feature, category }: Driver, features: readonly Feature[]): Piece[] {
  const of = features[feature]!;
  if (category === undefined) return [of.label.toLowerCase()];
  const word = of.categories?.[category] ?? '';
  return [
    `${of.label.toLowerCase()} `,
    piece(word, category, { of: 'driver', feature, part: 'category' }),
  ];
}

const measured = ({ feature, category }: Driver, features: readonly Feature[]) =>
  category === undefined ? features[feature]! : ({ unit: 'share' } as const);

export function hereAndEveryone(driver: Driver, features: readonly Feature[]): Piece[] {
  const { feature } = driver;
  const say = (value: number) => valueWords(value, measured(driver, features));
  return [
    piece(say(driver.here.value), driver.here.value, { of: 'driver', feature, part: 'here' }),
    ' here, ',
    piece(say(driver.everyone), driver.everyone, { of: 'driver', feature, part: 'everyone' }),
    ' over everyone',
  ];
}

/** "Their orders are higher: 62 here (60 to 64), 15 over everyone." */
export function differs(
  driver: Driver,
  features: readonly Feature[],
  answers: ReadonlySet<string>,
): Claim {
  const { feature, here, everyone, category } = driver;
  const of = features[feature]!;
  const say = (value: number) => valueWords(value, measured(driver, features));
  const isShare = category !== undefined || answers.has(of.name);
  const higher = here.value > everyone;
  const direction = isShare ? (higher ? 'more common' : 'rarer') : higher ? 'higher' : 'lower';
  const start = isShare
    ? upper(subject(driver, features))
    : ['The median of ', ...subject(driver, features)];
  return [
    ...start,
    ' is ',
    piece(direction, here.value - everyone, { of: 'driver', feature, part: 'direction' }),
    ': ',
    piece(say(here.value), here.value, { of: 'driver', feature, part: 'here' }),
    ' here (',
    piece(say(here.low), here.low, { of: 'driver', feature, part: 'low' }),
    ' to ',
    piece(say(here.high), here.high, { of: 'driver', feature, part: 'high' }),
    '), ',
    piece(say(everyone), everyone, { of: 'driver', feature, part: 'everyone' }),
    ' over everyone.',
  ];
}

const upper = ([first, ...rest]: Piece[]): Piece[] =>
  typeof first === 'string'
    ? [first.charAt(0).toUpperCase() + first.slice(1), ...rest]
    : [first!, ...rest];
