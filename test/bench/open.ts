/** From a million customers with their segments to the first frame of the map, component and all, beside regl-scatterplot without labels. */
import { headline, median, ms, openMapLab, row, times, verdict } from './map/race.ts';

const count = 1_000_000;
const lab = await openMapLab();
try {
  headline(lab, '1,000,000 points');
  const took = { component: [] as number[], chosen: [] as number[], regl: [] as number[] };
  for (let round = 0; round < 3; round++)
    for (const name of ['component', 'chosen', 'regl'] as const) {
      const tab = await lab.open();
      took[name].push(
        name === 'component'
          ? await tab.call<number>('openComponent', count)
          : await tab.call<number>('open', name, count),
      );
      await tab.page.close();
    }
  const [component, painter, regl] = [took.component, took.chosen, took.regl].map(median);
  if (!component || !painter || !regl) throw new TypeError('no times');
  row('ours: the component, with labels and contours', ms(component));
  row('ours: index and first frame alone', ms(painter));
  row('regl-scatterplot: first frame', ms(regl));
  const ratio = regl / component;
  verdict(
    'open',
    `${times(ratio)} regl (${times(regl / painter)} without the component)`,
    '10×',
    ratio >= 10,
  );
} finally {
  await lab.close();
}
