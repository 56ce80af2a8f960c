/** One frame of a map of a million points that is panned, beside regl-scatterplot and deck.gl. Five million beside it. */
import { headline, ms, openMapLab, race, row, times, verdict } from './map/race.ts';

const million = 1_000_000;
const quick = { count: million, rounds: 3 };
const lab = await openMapLab();
try {
  headline(lab, '1,000,000 points');
  const [chosen, gl, regl, deck, many, manyRegl] = await race(
    lab,
    [
      { ...quick, name: 'chosen', frames: 9, warm: 3 },
      { ...quick, name: 'gl', frames: 3, warm: 1 },
      { ...quick, name: 'regl', frames: 3, warm: 1 },
      { name: 'deck', count: million, frames: 1, warm: 0, rounds: 1 },
      { name: 'chosen', count: 5 * million, frames: 5, warm: 2, rounds: 1 },
      { name: 'regl', count: 5 * million, frames: 1, warm: 0, rounds: 1 },
    ],
    ['pan'],
  );
  if (!chosen || !gl || !regl || !deck || !many || !manyRegl) throw new TypeError('no times');
  row(`ours (${chosen.words})`, ms(chosen.pan));
  row('ours, WebGL2 alone', ms(gl.pan));
  row('regl-scatterplot, performance mode', ms(regl.pan));
  row('deck.gl, one frame', ms(deck.pan));
  row(`5,000,000 points: ours (${many.words})`, ms(many.pan));
  row('5,000,000 points: regl-scatterplot, one frame', ms(manyRegl.pan));
  const better = Math.min(regl.pan, deck.pan);
  const [ratio, own, five] = [better / chosen.pan, regl.pan / gl.pan, manyRegl.pan / many.pan];
  verdict(
    'map-pan',
    `${times(ratio)} the better peer, WebGL2 alone ${times(own)} regl; at 5 million ${times(five)}`,
    '20×, 1.5×',
    ratio >= 20 && own >= 1.5,
  );
} finally {
  await lab.close();
}
