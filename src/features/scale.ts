import { unattended, type Job } from '../lib/job.ts';
import { count, measure, percent, plural } from '../lib/format.ts';
import { matrix, type Matrix } from '../lib/matrix.ts';
import { log1p } from '../lib/stats/log.ts';
import { correlation, deviation, mean, skewness } from '../lib/stats/moments.ts';
import { quantile } from '../lib/stats/quantile.ts';
import { hasKinds } from './kinds.ts';

/** What a column of the raw matrix holds. `category`: whole numbers from 0, the places of `categories` words. */
export type ColumnPlan = {
  readonly label: string;
  readonly kind: 'number' | 'category';
  /** How many values a category has; 0 for a number. */
  readonly categories: number;
  /** Why it takes no part whatever its values; null where it may. */
  readonly unusedReason: string | null;
  /** It takes part only where customers fall into kinds by it (kinds.ts); `seen`: the column of how often each was seen; else the reason. */
  readonly onlyKinds?: {
    readonly seen: number;
    readonly isShare: boolean;
    readonly reason: string;
  };
};

/** What was done to one feature, in words, and whether it takes part. */
export type ColumnScale = {
  readonly scaling: string;
  readonly used: boolean;
  readonly unusedReason: string | null;
};

export type Scaled = {
  /** [rows × used columns], numbers with spread about 1, two different categories 1 apart. */
  readonly scaled: Matrix;
  /** For each column of `scaled`: its column in `raw`. */
  readonly scaledFrom: readonly number[];
  readonly columns: readonly ColumnScale[];
};

const none = 'not scaled, since it is not used for grouping';
const SQRT_HALF = Math.SQRT1_2;

/**
 * Puts the columns of `raw` [rows × plans] on one scale, so that no feature counts for more only because of its unit. Numbers: log where
 * they are skewed, the ends pulled in (Tukey 1962), median to 0, IQR to 1.349 (so that a normal column gets spread 1; Huber 1981).
 * Two answers (0 and 1) stay as they are; a category becomes one column a value, 0 or 1/√2, so that two different values are 1 apart.
 * Columns that say nothing, or the same as another, take no part. Refuses NaN. O(rows · log rows · cols + rows · cols²).
 */
export async function scale(
  raw: Matrix,
  plans: readonly ColumnPlan[],
  job: Job = unattended,
): Promise<Scaled> {
  if (plans.length !== raw.cols)
    throw new RangeError(`${plans.length} plans for ${raw.cols} columns`);
  const columns: ColumnScale[] = [];
  const made: { readonly from: number; readonly values: Float32Array }[] = [];
  const numbers: Known[] = [];
  for (let c = 0; c < raw.cols; c++) {
    const plan = plans[c]!;
    const values = columnOf(raw, c);
    const {
      words,
      parts,
      why: own,
    } = plan.unusedReason
      ? { words: none, parts: [], why: plan.unusedReason }
      : plan.kind === 'category'
        ? scaleCategory(values, plan.categories)
        : scaleNumber(values);
    const { onlyKinds } = plan;
    const isPlain = onlyKinds && parts[0] && !fallsIntoKinds(raw, parts[0], values, onlyKinds);
    const why = own ?? (isPlain ? onlyKinds.reason : null);
    const twin =
      why === null && plan.kind === 'number' && parts[0] ? twinOf(parts[0], numbers) : undefined;
    const unusedReason =
      why ?? (twin ? `It says nearly the same as ${twin.label} (correlation above 0.98).` : null);
    const used = unusedReason === null;
    columns.push({ scaling: used ? words : none, used, unusedReason });
    if (used) made.push(...parts.map((part) => ({ from: c, values: part })));
    if (used && plan.kind === 'number')
      numbers.push({ label: plan.label, values: parts[0]!, glance: glanceAt(parts[0]!) });
    job.progress('Putting features on one scale', c + 1, raw.cols);
    await job.breathe();
  }
  const scaled = matrix(raw.rows, made.length);
  made.forEach(({ values }, c) => {
    for (let r = 0; r < raw.rows; r++) scaled.data[r * made.length + c] = values[r]!;
  });
  return { scaled, scaledFrom: made.map(({ from }) => from), columns };
}

const fallsIntoKinds = (
  raw: Matrix,
  scaled: Float32Array,
  values: Float64Array,
  { seen, isShare }: NonNullable<ColumnPlan['onlyKinds']>,
): boolean => hasKinds(isShare ? values : scaled, columnOf(raw, seen), isShare);

type Step = {
  readonly words: string;
  readonly parts: readonly Float32Array[];
  readonly why: string | null;
};

function scaleNumber(values: Float64Array): Step {
  const same = 'It is the same for every customer.';
  if (values.length === 0) return { words: none, parts: [], why: same };
  const sorted = values.slice().sort();
  const [least, most] = [sorted[0]!, sorted.at(-1)!];
  if (least === most) return { words: none, parts: [], why: same };
  if (least === 0 && most === 1 && values.every((value) => value === 0 || value === 1))
    return scaleAnswer(values);

  const logged = wantsLog(values);
  const x = logged ? values.map(signedLog) : values;
  const ends = logged ? sorted.map(signedLog) : sorted;
  const cut = Math.floor(0.01 * ends.length);
  const [low, high] = [ends[cut]!, ends[ends.length - 1 - cut]!];
  if (low === high) {
    const share =
      values.filter((value) => value === sorted[sorted.length >> 1]).length / values.length;
    return { words: none, parts: [], why: `It is the same for ${percent(share)} of customers.` };
  }
  let pulled = 0;
  const inside = x.map((value) => {
    if (value >= low && value <= high) return value;
    pulled++;
    return value < low ? low : high;
  });
  const bounded = ends.map((value) => Math.min(high, Math.max(low, value)));
  const middle = quantile(bounded, 0.5);
  const robust = (quantile(bounded, 0.75) - quantile(bounded, 0.25)) / 1.349;
  const spread = deviation(bounded);
  const isRobust = robust > 0 && spread <= 2 * robust;
  const unit = isRobust ? robust : spread;
  const words = [
    logged && (least < 0 ? 'sign(x) × log(1 + |x|)' : 'log(1 + x)'),
    pulled > 0 && `${plural(pulled, 'value')} beyond the 1st/99th percentile pulled in`,
    `minus the median, divided by ${isRobust ? 'IQR ÷ 1.349' : 'the standard deviation'} (${measure(unit)})`,
  ];
  return {
    words: words.filter((word) => word !== false).join('; then '),
    parts: [Float32Array.from(inside, (value) => (value - middle) / unit)],
    why: null,
  };
}

/** A tail to the right that a log makes shorter, and hardly anything below 0. */
function wantsLog(values: Float64Array): boolean {
  const skew = skewness(values);
  if (!(skew > 1)) return false;
  const below = values.reduce((sum, value) => sum + (value < 0 ? 1 : 0), 0);
  return below < 0.05 * values.length && Math.abs(skewness(values.map(signedLog))) < skew;
}

const signedLog = (x: number): number => (x < 0 ? -log1p(-x) : log1p(x));

function scaleAnswer(values: Float64Array): Step {
  const yes = values.reduce((sum, value) => sum + value, 0) / values.length;
  const most = Math.max(yes, 1 - yes);
  if (most > 0.99)
    return { words: none, parts: [], why: `It is the same for ${percent(most)} of customers.` };
  return { words: '0 for no, 1 for yes', parts: [Float32Array.from(values)], why: null };
}

function scaleCategory(values: Float64Array, categories: number): Step {
  const sizes = new Array<number>(categories).fill(0);
  for (const value of values) {
    if (!(value >= 0 && value < categories && Number.isInteger(value)))
      throw new RangeError(`${value} is none of ${categories} categories`);
    sizes[value]!++;
  }
  const most = Math.max(...sizes) / Math.max(1, values.length);
  if (most === 1) return { words: none, parts: [], why: 'It is the same for every customer.' };
  if (most > 0.99)
    return { words: none, parts: [], why: `It is the same for ${percent(most)} of customers.` };
  const parts = sizes.map((_, category) =>
    Float32Array.from(values, (value) => (value === category ? SQRT_HALF : 0)),
  );
  return {
    words: `one column for each of ${count(categories)} values, 0 or 1/√2, so that two different values are 1 apart`,
    parts,
    why: null,
  };
}

/** `glance`: up to 1,000 rows spread evenly, with mean 0 and length 1; all 0 where they are equal. */
type Known = {
  readonly label: string;
  readonly values: Float32Array;
  readonly glance: Float64Array;
};

/** Among many numbers only those are compared that look alike at a glance, or show nothing there. */
const MANY_NUMBERS = 30;

function twinOf(values: Float32Array, numbers: readonly Known[]): Known | undefined {
  if (numbers.length <= MANY_NUMBERS) return numbers.find((other) => alike(other.values, values));
  const glance = glanceAt(values);
  return numbers.find((other) => {
    const seen = glance.reduce((sum, value, i) => sum + value * other.glance[i]!, 0);
    return (seen === 0 || Math.abs(seen) > 0.9) && alike(other.values, values);
  });
}

function glanceAt(values: Float32Array): Float64Array {
  const step = Math.ceil(values.length / 1000);
  const some = Float64Array.from(values.filter((_, r) => r % step === 0));
  const middle = mean(some);
  const length = Math.sqrt(
    some.reduce((sum, value) => sum + (value - middle) * (value - middle), 0),
  );
  return some.map((value) => (length > 0 ? (value - middle) / length : 0));
}

/** On up to 20,000 rows spread evenly. */
function alike(a: Float32Array, b: Float32Array): boolean {
  const step = Math.ceil(a.length / 20_000);
  const some = (values: Float32Array) =>
    step > 1 ? values.filter((_, r) => r % step === 0) : values;
  return Math.abs(correlation(some(a), some(b))) > 0.98;
}

function columnOf({ data, rows, cols }: Matrix, c: number): Float64Array {
  const values = new Float64Array(rows);
  for (let r = 0; r < rows; r++) {
    values[r] = data[r * cols + c]!;
    if (!Number.isFinite(values[r])) throw new RangeError(`row ${r} of column ${c} is no number`);
  }
  return values;
}
