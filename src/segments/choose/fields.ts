import type { MethodKind } from '../methods/registry.ts';
import type { SegmentSettings } from '../types.ts';

/** One expert's control. Its value stands under `key` in the method's choice, or with `of: 'settings'` beside it. */
export type Field = {
  readonly key: string;
  readonly of: 'method' | 'settings';
  readonly label: string;
  /** Definition, unit and what a larger one does. */
  readonly definition: string;
} & (
  | {
      readonly kind: 'number';
      readonly low: number;
      readonly high: number;
      readonly step: number;
      /** What happens where it is left open; null where it cannot be. */
      readonly open: string | null;
    }
  | {
      readonly kind: 'pick';
      readonly options: readonly { readonly value: string; readonly label: string }[];
    }
);

const k = (open: string | null, of: Field['of'] = 'method'): Field => ({
  ...{ key: 'k', of, kind: 'number', low: 2, high: 1000, step: 1, open },
  label: 'Segments',
  definition: 'How many groups to make (k).',
});
const seed: Field = {
  ...{
    key: 'seed',
    of: 'settings',
    kind: 'number',
    low: 0,
    high: 2 ** 32 - 1,
    step: 1,
    open: null,
  },
  label: 'Seed',
  definition: 'Where chance begins. The same seed gives the same segments again.',
};
const restarts: Field = {
  ...{ key: 'restarts', of: 'settings', kind: 'number', low: 1, high: 100, step: 1, open: null },
  label: 'Restarts',
  definition: 'How often it starts from other customers; the best is kept.',
};
const neighbours = (open: string | null): Field => ({
  ...{ key: 'neighbours', of: 'method', kind: 'number', low: 2, high: 1000, step: 1, open },
  label: 'Neighbours',
  definition:
    'How many customers, the one in question among them, make a crowd. More: smoother groups, more customers left out.',
});
const smallest = (open: string): Field => ({
  ...{ key: 'smallest', of: 'method', kind: 'number', low: 2, high: 1_000_000, step: 1, open },
  label: 'Smallest segment',
  definition: 'No segment has fewer customers than this.',
});

const fields: Readonly<Record<MethodKind, readonly Field[]>> = {
  kmeans: [
    k('by silhouette', 'settings'),
    {
      ...{ key: 'kMax', of: 'settings', kind: 'number', low: 2, high: 100, step: 1, open: null },
      label: 'Try up to',
      definition: 'The largest number of segments that is tried where the number is left open.',
    },
    restarts,
    seed,
  ],
  bisecting: [k('by BIC'), smallest('as 0.2 % of all'), seed],
  dbscan: [
    {
      ...{ key: 'radius', of: 'method', kind: 'number', low: 0.001, high: 1000, step: 0.01 },
      open: 'at the bend',
      label: 'Radius',
      definition:
        'How near customers must be to be neighbours, in units of the scaled features. Larger: fewer, larger groups.',
    },
    neighbours(null),
  ],
  hdbscan: [
    smallest('as 1 % of all'),
    neighbours('from the smallest'),
    {
      ...{ key: 'pick', of: 'method', kind: 'pick', label: 'Groups taken' },
      definition:
        'From the tree of all densities: the groups that persist longest (excess of mass), or the smallest ones (leaves).',
      options: [
        { value: 'excess-of-mass', label: 'Those that persist' },
        { value: 'leaves', label: 'The smallest' },
      ],
    },
  ],
  mixture: [
    k('by BIC'),
    {
      ...{ key: 'shape', of: 'method', kind: 'pick', label: 'Shape' },
      definition:
        'What covariance each group has: any slant, one slant for all, along the axes, or round. Freer shapes need more customers.',
      options: [
        { value: 'full', label: 'Any slant' },
        { value: 'tied', label: 'One slant for all' },
        { value: 'diagonal', label: 'Along the axes' },
        { value: 'spherical', label: 'Round' },
      ],
    },
    restarts,
    seed,
  ],
  genie: [
    k('where groups part best'),
    {
      ...{ key: 'evenness', of: 'method', kind: 'number', low: 0.01, high: 1, step: 0.01 },
      open: null,
      label: 'Gini threshold',
      definition:
        'How unequal sizes may become (Gini index, 0 to 1) before the smallest group has to join. 1: single linkage.',
    },
  ],
  nmf: [k('by stability'), restarts, seed],
  prototypes: [
    k('by silhouette'),
    {
      ...{ key: 'weight', of: 'method', kind: 'number', low: 0, high: 1000, step: 0.01 },
      open: 'from the spread',
      label: 'Weight of categories',
      definition: 'What one different category costs against a squared distance in numbers.',
    },
    restarts,
    seed,
  ],
  rfm: [],
  rules: [],
  layers: [seed],
};

export const fieldsOf = (kind: MethodKind): readonly Field[] => fields[kind];

/** The value of a control in some settings; null: left open. */
export function valueOf(settings: SegmentSettings, { of, key }: Field): number | string | null {
  const from: object = of === 'settings' ? settings : (settings.method ?? {});
  const value: unknown = Reflect.get(from, key);
  return typeof value === 'number' || typeof value === 'string' ? value : null;
}

/** The settings with another value of one control; a number is brought within its bounds. */
export function withValue(
  settings: SegmentSettings,
  field: Field,
  value: number | string | null,
): SegmentSettings {
  const put = { [field.key]: bounded(field, value) };
  if (field.of === 'settings') return { ...settings, ...put };
  return settings.method ? { ...settings, method: { ...settings.method, ...put } } : settings;
}

function bounded(field: Field, value: number | string | null): number | string | null {
  if (field.kind === 'pick' || typeof value !== 'number') return value;
  const whole = field.step === 1 ? Math.round(value) : value;
  return Math.min(field.high, Math.max(field.low, whole));
}
