import { scale } from '../../src/features/scale.ts';
import { matrix, type Matrix } from '../../src/lib/matrix.ts';
import { random } from '../../src/lib/random.ts';
import { exp } from '../../src/lib/stats/log.ts';
import { bell, type Planted } from './blobs.ts';

const filled = (rows: number, cols: number, value: (r: number, c: number) => number): Matrix => {
  const x = matrix(rows, cols);
  for (let r = 0; r < rows; r++) for (let c = 0; c < cols; c++) x.data[r * cols + c] = value(r, c);
  return x;
};

type Maker = (rows: number, cols: number, seed: number) => Matrix | Promise<Matrix>;

/** Customers without groups, of every sort that is easily taken for groups. */
export const withoutGroups: Readonly<Record<string, Maker>> = {
  uniform: (rows, cols, seed) => {
    const next = random(seed);
    return filled(rows, cols, () => next());
  },
  'one Gaussian': (rows, cols, seed) => {
    const next = random(seed);
    return filled(rows, cols, () => bell(next));
  },
  'one correlated Gaussian': (rows, cols, seed) => {
    const next = random(seed);
    let shared = [0, 0];
    return filled(rows, cols, (_, c) => {
      if (c === 0) shared = [bell(next), bell(next)];
      return 1.5 * shared[0]! + (c % 2 ? 0.8 : -0.8) * shared[1]! + bell(next);
    });
  },
  'log-normal, scaled as we do': async (rows, cols, seed) => {
    const next = random(seed);
    let shared = 0;
    const raw = filled(rows, cols, (_, c) => {
      if (c === 0) shared = bell(next);
      return exp(1 + 0.6 * shared + (0.5 + (c % 3) / 3) * bell(next));
    });
    const plan = { label: '', kind: 'number', categories: 0, unusedReason: null } as const;
    return (
      await scale(
        raw,
        Array.from({ length: cols }, () => plan),
      )
    ).scaled;
  },
  'columns of few values': (rows, cols, seed) => {
    const next = random(seed);
    return filled(rows, cols, (_, c) => Math.floor((2 + (c % 5)) * next() ** (1 + (c % 2))));
  },
  'correlated columns of few values': (rows, cols, seed) => {
    const next = random(seed);
    let shared = 0;
    return filled(rows, cols, (_, c) => {
      if (c === 0) shared = bell(next);
      return Math.min(2, Math.max(-2, Math.round(shared + bell(next))));
    });
  },
  'mostly zero with a tail': (rows, cols, seed) => {
    const next = random(seed);
    return filled(rows, cols, () => (next() < 0.6 ? 0 : next() * next()));
  },
};

const around = (next: () => number): readonly [number, number] => {
  for (;;) {
    const [a, b] = [2 * next() - 1, 2 * next() - 1];
    const length = Math.sqrt(a * a + b * b);
    if (length > 0.1 && length <= 1) return [a / length, b / length];
  }
};

/** Two half circles, each in the hollow of the other. */
export function moons(rows: number, seed: number, spread = 0.07): Planted {
  const next = random(seed);
  const truth = Int32Array.from({ length: rows }, (_, r) => r % 2);
  const x = matrix(rows, 2);
  truth.forEach((moon, r) => {
    const [a, b] = around(next);
    x.data[2 * r] = (moon ? 1 - a : a) + spread * bell(next);
    x.data[2 * r + 1] = (moon ? 0.5 - Math.abs(b) : Math.abs(b)) + spread * bell(next);
  });
  return { x, truth };
}

/** A ring around another. */
export function rings(rows: number, seed: number, spread = 0.05): Planted {
  const next = random(seed);
  const truth = Int32Array.from({ length: rows }, (_, r) => (r % 3 ? 1 : 0));
  const x = matrix(rows, 2);
  truth.forEach((ring, r) => {
    const [a, b] = around(next);
    x.data[2 * r] = (ring ? 1 : 0.4) * a + spread * bell(next);
    x.data[2 * r + 1] = (ring ? 1 : 0.4) * b + spread * bell(next);
  });
  return { x, truth };
}

/** Three clouds, each three times as wide and a third as frequent as the one before. */
export function unequal(rows: number, seed: number): Planted {
  const next = random(seed);
  const middles = [0, 3, 14] as const;
  const truth = Int32Array.from({ length: rows }, (_, r) => (r % 13 === 0 ? 2 : r % 4 ? 0 : 1));
  const x = filled(rows, 3, () => 0);
  truth.forEach((cloud, r) => {
    for (let c = 0; c < 3; c++)
      x.data[3 * r + c] =
        middles[cloud]! * (c === 1 ? -1 : 1) + 0.4 * 3 ** cloud * 0.7 * bell(next);
  });
  return { x, truth };
}

/** `planted` with columns beside it that say nothing. */
export function withNoise({ x, truth }: Planted, cols: number, seed: number): Planted {
  const next = random(seed);
  const wide = filled(x.rows, x.cols + cols, (r, c) =>
    c < x.cols ? x.data[r * x.cols + c]! : bell(next),
  );
  return { x: wide, truth };
}
