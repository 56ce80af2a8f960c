/** A lasso of 200 corners over a million points, beside regl-scatterplot and a plain test of every point; counts the points that differ from the plain test. */
import { headline, median, ms, openMapLab, row, times, verdict } from './map/race.ts';
import type { Lassoed } from './map/page.ts';

const count = 1_000_000;
const lab = await openMapLab();
try {
  headline(lab, '1,000,000 points, 200 corners');
  const took = { cpu: [] as number[], regl: [] as number[], plain: [] as number[] };
  let [differ, inside, differRegl] = [0, 0, 0];
  for (let round = 0; round < 3; round++)
    for (const name of ['cpu', 'regl'] as const) {
      const tab = await lab.open();
      await tab.call('open', name, count);
      const answer = await tab.call<Lassoed>('lasso', name === 'cpu' ? 7 : 3);
      took[name].push(median(answer.ms));
      if (name === 'cpu') {
        took.plain.push(median(answer.plainMs));
        differ += answer.differ;
        inside = answer.inside;
      } else differRegl += answer.differ;
      await tab.page.close();
    }
  const [ours, regl, plain] = [median(took.cpu), median(took.regl), median(took.plain)];
  row(`ours (${Math.round(inside).toLocaleString('en-GB')} points inside)`, ms(ours));
  row(`regl-scatterplot (${differRegl} points differ)`, ms(regl));
  row('every point tested', ms(plain));
  verdict(
    'map-lasso',
    `${times(regl / ours)} regl, ${times(plain / ours)} the plain test, ${differ} points differ`,
    '20×, 20×, 0',
    regl / ours >= 20 && plain / ours >= 20 && differ === 0,
  );
} finally {
  await lab.close();
}
