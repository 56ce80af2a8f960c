import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { condense } from '../../src/features/condense.ts';
import { scale, type ColumnPlan } from '../../src/features/scale.ts';
import { matrix, type Matrix } from '../../src/lib/matrix.ts';
import { mean } from '../../src/lib/stats/moments.ts';
import { kmeans } from '../../src/segments/methods/kmeans.ts';
import { silhouettes } from '../../src/segments/methods/silhouette.ts';

const file = new URL(
  '../../../shared/data/customer-personality/marketing_campaign.csv',
  import.meta.url,
);

/** The table as numbers, texts as places of their values; without the id, the date and what is to be predicted. */
function readTable() {
  const [head, ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const names = head!.split(';');
  const cells = lines.map((line) => line.split(';'));
  const kept = [...names.keys()].filter((c) => !/ID|Dt_Customer|Response/.test(names[c]!));
  const raw = matrix(cells.length, kept.length);
  const plans: ColumnPlan[] = [];
  const features: { label: string; gaps: number; categories?: string[] }[] = [];
  kept.forEach((c, i) => {
    const texts = cells.map((row) => row[c]!);
    const isText = texts.some((text) => text !== '' && Number.isNaN(Number(text)));
    const categories = isText ? [...new Set(texts)] : undefined;
    const known = texts
      .filter((text) => text !== '')
      .map(Number)
      .sort((a, b) => a - b);
    texts.forEach((text, r) => {
      raw.data[r * kept.length + i] = categories
        ? categories.indexOf(text)
        : text === ''
          ? known[known.length >> 1]!
          : Number(text);
    });
    const label = names[c]!;
    plans.push({
      label,
      kind: isText ? 'category' : 'number',
      categories: categories?.length ?? 0,
      unusedReason: null,
    });
    features.push({
      label,
      gaps: texts.filter((text) => text === '').length,
      ...(categories && { categories }),
    });
  });
  return { raw, plans, features };
}

const meanSilhouette = async (x: Matrix, labels: Int32Array, k: number) =>
  mean((await silhouettes(x, [{ labels, k }]))[0]!);

describe('customer personality, condensed', () => {
  it.skipIf(!existsSync(file))(
    'has silhouettes that are no worse, at every k from 2 to 6',
    async () => {
      const { raw, plans, features } = readTable();
      const { scaled, scaledFrom } = await scale(raw, plans);
      const { x, report } = await condense(scaled, scaledFrom, features);
      expect(x.cols).toBeLessThan(scaled.cols / 2);
      expect(report.gaps).toBe(24);
      for (let k = 2; k <= 6; k++) {
        const plain = await kmeans(scaled, { k, seed: 1, restarts: 5 });
        const few = await kmeans(x, { k, seed: 1, restarts: 5 });
        const before = await meanSilhouette(scaled, plain.labels, k);
        expect(await meanSilhouette(x, few.labels, k)).toBeGreaterThan(before);
      }
    },
  );
});
