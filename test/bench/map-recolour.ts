/** Every one of a million points in another colour, and half of them filtered to grey context, beside regl-scatterplot. deck.gl takes 12 s a frame (`map-pan`) and is left out. */
import { headline, ms, openMapLab, race, row, times, verdict } from './map/race.ts';

const quick = { count: 1_000_000, rounds: 3 };
const lab = await openMapLab();
try {
  headline(lab, '1,000,000 points');
  const [chosen, gl, regl] = await race(
    lab,
    [
      { ...quick, name: 'chosen', frames: 9, warm: 3 },
      { ...quick, name: 'gl', frames: 3, warm: 1 },
      { ...quick, name: 'regl', frames: 3, warm: 1 },
    ],
    ['recolour', 'filter'],
  );
  if (!chosen || !gl || !regl) throw new TypeError('no times');
  row(`recolour: ours (${chosen.words})`, ms(chosen.recolour));
  row('recolour: ours, WebGL2 alone', ms(gl.recolour));
  row('recolour: regl-scatterplot', ms(regl.recolour));
  row(`filter with grey: ours (${chosen.words})`, ms(chosen.filter));
  row('filter with grey: ours, WebGL2 alone', ms(gl.filter));
  row('filter with grey: regl-scatterplot', ms(regl.filter));
  const [recolour, filter] = [regl.recolour / chosen.recolour, regl.filter / chosen.filter];
  verdict(
    'map-recolour',
    `${times(recolour)} regl, filter with grey ${times(filter)}`,
    '30×, 15×',
    recolour >= 30 && filter >= 15,
  );
} finally {
  await lab.close();
}
