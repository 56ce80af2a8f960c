import { exp, ln } from './exact.ts';

/** What a stream is for, as a number: FNV-1a of its name. */
export function purpose(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * Randomness of one customer for one purpose: a stream made from (seed, customer, purpose) alone, so any customer can be made
 * without the others, and a new purpose changes no old byte. sfc32 (Doty-Humphrey, PractRand): 128 bits of state, because
 * a million customers with ten streams each would overlap within the 32 bits of `lib/random.ts`.
 */
export class Stream {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, customer: number, purpose: number) {
    this.#a = seed | 0;
    this.#b = customer | 0;
    this.#c = purpose | 0;
    for (let round = 0; round < 15; round++) this.#step();
  }

  #step(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum;
  }

  /** 0 to 2³² − 1. */
  whole(): number {
    return this.#step() >>> 0;
  }

  /** Uniform in [0, 1). */
  unit(): number {
    return (this.#step() >>> 0) / 4294967296;
  }

  /** Whole number, 0 to n − 1. */
  below(n: number): number {
    return Math.floor(this.unit() * n);
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.unit();
  }

  /** Nearly normal, mean 0, variance 1, within ±3.47: the sum of four uniforms. */
  bell(): number {
    return (this.unit() + this.unit() + this.unit() + this.unit() - 2) * 1.7320508075688772;
  }

  /** A factor around 1 whose logarithm has standard deviation `spread`. */
  factor(spread: number): number {
    return exp(this.bell() * spread);
  }

  /** Waiting time with mean `mean`, exponential. */
  wait(mean: number): number {
    return -ln(1 - this.unit()) * mean;
  }

  /** Index into `steps`, which are cumulative and end at 1. */
  pick(steps: Float64Array): number {
    const u = this.unit();
    let i = 0;
    while (i < steps.length - 1 && u >= steps[i]!) i++;
    return i;
  }
}

/** Weights to cumulative steps that end at 1, for `pick`. At least one weight must be above 0. */
export function steps(weights: readonly number[]): Float64Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0) || weights.some((weight) => !(weight >= 0)))
    throw new RangeError('weights must be 0 or more, and not all 0');
  let sum = 0;
  return Float64Array.from(weights, (weight) => (sum += weight) / total);
}
