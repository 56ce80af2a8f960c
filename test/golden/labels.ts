import { kmeans } from '../../src/segments/methods/kmeans.ts';
import { noise, planted } from '../support/blobs.ts';

/**
 * Labels, means and inertia of k-means on made-up rows, to compare byte for byte between Node and a browser: on rows in clear groups, and on
 * noise, where the last bit of a distance can decide. Write anew: npx tsx test/golden/labels-make.ts
 */
export async function goldenLabels(): Promise<object> {
  const clear = planted({ rows: 300, cols: 5, groups: 4, apart: 4 }, 11).x;
  const unclear = noise(9000, 3, 5); // more rows than the starts look at
  const out: Record<string, object> = {};
  for (const [name, x, k] of [
    ['clear', clear, 4],
    ['unclear', unclear, 7],
  ] as const) {
    const found = await kmeans(x, { k, seed: 42, restarts: 10 });
    out[name] = {
      labels: found.labels.join('').replaceAll(/(.{100})/g, '$1 '),
      means: [...found.means.data],
      inertia: found.inertia,
    };
  }
  return out;
}
