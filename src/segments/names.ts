import type { Feature } from '../features/types.ts';
import { letter } from './letters.ts';
import type { Driver, SegmentSettings, Segmentation } from './types.ts';

/** A driver weaker than this says nothing worth a name (Cohen 1988: 0.5 is a medium difference, 0.2 a small one). */
const CLEAR = 0.5;
const SLIGHT = 0.3;
/** A name of more is read by nobody: the letter tells such segments apart. */
const MOST_TRAITS = 4;
/** What the segments were made from names them before what only describes them. */
const HABIT = 0.75;

/** How one driver speaks: a noun ends the name, a quality goes before it, a clause after it. */
type Trait = {
  readonly as: 'noun' | 'quality' | 'clause';
  readonly text: string;
  readonly about: string;
};
type Word = Pick<Trait, 'as' | 'text'>;

const quality = (text: string): Word => ({ as: 'quality', text });
const noun = (text: string): Word => ({ as: 'noun', text });
const clause = (text: string): Word => ({ as: 'clause', text });

/** Words for the features made from orders: much of it, little of it; in the order in which they stand in a name. */
const words: ReadonlyMap<string, { readonly high?: Word; readonly low?: Word }> = new Map([
  ['recency_days', { high: quality('lapsed'), low: quality('recent') }],
  ['tenure_days', { high: quality('long-standing'), low: quality('new') }],
  ['orders', { high: quality('frequent'), low: quality('occasional') }],
  ['spend', { high: noun('big spenders'), low: noun('small spenders') }],
  ['average_order', { high: quality('large-order'), low: quality('small-order') }],
  ['days_between_orders', { high: quality('slow-returning'), low: quality('quick-returning') }],
  ['items_per_order', { high: quality('bulk'), low: quality('few-item') }],
  ['average_price', { high: quality('premium'), low: quality('low-price') }],
  ['products', { high: quality('wide-ranging'), low: quality('narrow-range') }],
  ['categories', { high: quality('many-category'), low: quality('few-category') }],
  ['channels', { high: quality('multi-channel'), low: quality('single-channel') }],
  ['returns_share', { high: clause('who return often') }],
  ['discount_share', { high: noun('bargain hunters'), low: quality('full-price') }],
  ['weekend_share', { high: quality('weekend'), low: quality('weekday') }],
  ['morning_share', { high: quality('morning') }],
  ['evening_share', { high: quality('evening') }],
  ['trend', { high: quality('growing'), low: quality('fading') }],
]);

/** Who came lately came "recent" as well: one of the two is enough. */
const implied: ReadonlyMap<string, string> = new Map([
  ['new', 'recent'],
  ['recent', 'new'],
  ['one-time buyers', 'small spenders'],
  ['narrow-range', 'few-category'],
  ['large-order', 'bulk'],
]);

/**
 * A name in plain words for each segment, from its strongest drivers: "Frequent big spenders", "Lapsed one-time buyers", and for columns of
 * one's own "High MonthlyCharges, short tenure". Two drivers make a name; where two segments would share it, they say more, and at last
 * add their letter.
 */
export function names(
  features: readonly Feature[],
  all: readonly (readonly Driver[])[],
  letters: readonly string[] = all.map((_, i) => letter(i)),
): string[] {
  const traits = all.map((drivers) => traitsOf(features, drivers));
  const longest = Math.min(MOST_TRAITS, Math.max(0, ...traits.map((list) => list.length)));
  const length = traits.map(() => 2);
  let made = traits.map((list) => nameOf(list.slice(0, 2)));
  for (let more = 3; more <= longest; more++) {
    const shared = new Set(made.filter((name, i) => made.indexOf(name) !== i));
    if (shared.size === 0) break;
    made = made.map((name, i) =>
      shared.has(name) ? nameOf(traits[i]!.slice(0, ++length[i]!)) : name,
    );
  }
  return made.map((name, i) =>
    made.some((other, j) => j !== i && other === name) ? `${name} ${letters[i]}` : name,
  );
}

/** The names that a person gave, by letter, over those that Tessera made; an empty one gives Tessera's back. */
export function withNames(made: Segmentation, given: SegmentSettings['names']): Segmentation {
  const segments = made.segments.map((segment) => {
    const own = given.find(({ letter }) => letter === segment.letter)?.name.trim();
    return own ? { ...segment, name: own } : segment;
  });
  return { ...made, segments };
}

function traitsOf(features: readonly Feature[], drivers: readonly Driver[]): Trait[] {
  const weight = ({ feature, effect }: Driver) =>
    Math.abs(effect) * (features[feature]!.used ? 1 : HABIT);
  const ordered = drivers.toSorted((a, b) => weight(b) - weight(a));
  if (ordered.length === 0) return [];
  const least = weight(ordered[0]!) >= CLEAR ? CLEAR : SLIGHT;
  const out: Trait[] = [];
  for (const driver of ordered) {
    const feature = features[driver.feature]!;
    if (weight(driver) < least) break;
    const trait = agrees(driver) ? traitOf(feature, driver) : null;
    if (!trait) continue;
    const said = out.some(
      ({ text, as }) =>
        implied.get(text) === trait.text ||
        implied.get(trait.text) === text ||
        (as === 'noun' && trait.as === 'noun'),
    );
    if (!said) out.push(trait);
  }
  return out;
}

/** "Big spenders" must hold on the scale of the money too, not only for the typical customer on the scale of the method. */
function agrees({ effect, index }: Driver): boolean {
  if (!index) return true;
  return effect > 0 ? index.low > 100 : index.high < 100;
}

function traitOf(feature: Feature, driver: Driver): Trait | null {
  const high = driver.effect > 0;
  const about = feature.name;
  const known = words.get(feature.name);
  if (known) {
    if (about === 'orders' && !high && driver.here.value <= 1)
      return { ...noun('one-time buyers'), about };
    const word = high ? known.high : known.low;
    return word ? { ...word, about } : null;
  }
  if (!feature.used) return null;
  return { ...clause(ofOwnColumn(feature, driver)), about };
}

function ofOwnColumn(feature: Feature, driver: Driver): string {
  const { unit, categories } = feature;
  const whole = feature.label.replace(/\s*\([^)]*\)$/, '') || feature.label; // a unit in brackets belongs to an axis, not a name
  const label = /^[A-Z][a-z]+\b/.test(whole) ? whole[0]!.toLowerCase() + whole.slice(1) : whole; // an abbreviation stays
  const high = driver.effect > 0;
  if (categories) return `${label} ${high ? '' : 'not '}${categories[driver.category ?? 0]}`;
  if (unit === 'share') return `${high ? 'with' : 'without'} ${label}`;
  if (/tenure|duration|length/i.test(label)) return `${high ? 'long' : 'short'} ${label}`;
  return `${high ? 'high' : 'low'} ${label}`;
}

function nameOf(traits: readonly Trait[]): string {
  const of = (as: Trait['as']) => traits.filter((trait) => trait.as === as);
  if (traits.length === 0) return 'Average customers';
  const [end] = of('noun');
  const place = [...words.keys()];
  const qualities = of('quality')
    .sort((a, b) => place.indexOf(a.about) - place.indexOf(b.about))
    .map(({ text }) => text);
  const clauses = of('clause').map(({ text }) => text);
  const isOwn = !end && qualities.length === 0 && !clauses.some((text) => text.startsWith('who '));
  const start = isOwn
    ? ''
    : [qualities.join(', '), end?.text ?? 'buyers'].filter(Boolean).join(' ');
  const name = isOwn ? clauses.join(', ') : [start, ...clauses].join(' ');
  return name.charAt(0).toUpperCase() + name.slice(1);
}
