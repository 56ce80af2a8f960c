import type { Feature, FeatureTable } from '../../src/features/types.ts';
import { matrix } from '../../src/lib/matrix.ts';
import type { Segment, Segmentation } from '../../src/segments/types.ts';
import type { Dataset } from '../../src/tables/types.ts';

const feature = (name: string): Feature => ({
  name,
  label: name,
  unit: 'number',
  definition: '',
  scaling: '',
  used: true,
  unusedReason: null,
  gaps: 0,
  gapRule: null,
});

/** A hand-made table: one row of `values` for each customer, one column for each name. */
export function featureTable(
  customers: readonly string[],
  names: readonly string[],
  values: readonly (readonly number[])[],
): FeatureTable {
  const raw = matrix(customers.length, names.length, Float32Array.from(values.flat()));
  return {
    asOf: '2011-12-09',
    customers,
    features: names.map(feature),
    raw,
    scaled: raw,
    scaledFrom: names.map((_, i) => i),
    spend: -1,
    sql: '',
  };
}

/** Segments with these names, customers with these labels. */
export function segmentation(names: readonly string[], labels: readonly number[]): Segmentation {
  const segments = names.map((name, id): Segment => {
    const size = labels.filter((label) => label === id).length;
    return {
      id,
      letter: String.fromCharCode(65 + id),
      colour: id,
      rest: false,
      name,
      size,
      share: size / labels.length,
      revenueShare: null,
      silhouette: 0.5,
      drivers: [],
      typical: [],
      border: [],
    };
  });
  return {
    k: names.length,
    labels: Int32Array.from(labels),
    silhouettes: new Float32Array(labels.length),
    means: matrix(names.length, 0),
    segments,
    method: { kind: 'kmeans' },
    words: '',
    belongs: null,
    oddness: null,
    curve: [],
    choice: null,
    structure: { found: true, words: '' },
  };
}

/** Orders of a file `orders.csv`, with these columns by role. */
export function dataset(columns: readonly string[]): Dataset {
  const scan = { sha256: 'ab'.repeat(32), records: 3, lines: 4, blankLines: 0 };
  return {
    source: {
      name: 'orders.csv',
      bytes: 1234,
      dialect: {
        encoding: 'windows-1252',
        delimiter: ';',
        quote: '"',
        escape: '"',
        header: true,
        skip: 2,
        decimal: ',',
      },
      confidence: 1,
      reason: '',
      headers: columns,
      path: 'in/1.csv',
      scan: Promise.resolve(scan),
    },
    scan,
    kind: 'orders',
    columns: columns.map((name, index) => ({
      index,
      name,
      header: name,
      type: 'text',
      role: index === 0 ? 'customer' : 'left-out',
      confidence: 1,
      reason: '',
      examples: [],
      gaps: 0,
      unreadable: 0,
      distinct: 3,
      low: null,
      high: null,
      median: null,
      bins: [],
    })),
    ledger: { read: 3, kept: 3, setAside: [], amountRead: null, amountKept: null, returns: 0 },
    findings: [],
    has: ['customer'],
    customers: 3,
    from: null,
    to: null,
  };
}
