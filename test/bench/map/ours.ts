import { CpuPainter } from '../../../src/charts/map/cpu-painter.ts';
import { GlEngine } from '../../../src/charts/map/gl-engine.ts';
import { GlPainter } from '../../../src/charts/map/gl-painter.ts';
import { makeInks, strengthFor, type Inks } from '../../../src/charts/map/inks.ts';
import { selectInside } from '../../../src/charts/map/lasso.ts';
import { PainterChoice, MapPainter } from '../../../src/charts/map/map-painter.ts';
import { buildModel, makeState, type MapModel } from '../../../src/charts/map/model.ts';
import { pointSize, type Frame, type Painter } from '../../../src/charts/map/painter.ts';
import { fitView, panBy, zoomAt, type View } from '../../../src/charts/map/view.ts';
import { printTheme } from '../../../src/charts/palette.ts';
import type { Candidate } from './candidate.ts';
import { halfOf, size, turned, type Points } from './points.ts';

export type Which = 'chosen' | 'cpu' | 'gl';

/** Our map without its component: what a frame costs with one painter or with the one that the app chooses. */
export function ours(
  canvas: HTMLCanvasElement,
  { positions, groups }: Points,
  which: Which,
): Candidate {
  let model: MapModel;
  let fit: View;
  let painter: Painter;
  const context = () => {
    const it = canvas.getContext('2d', { alpha: false });
    if (!it) throw new TypeError('no canvas');
    return it;
  };
  // As in the app, inks are made anew only where the zoom changes.
  let inked = 0;
  let inks: Inks;
  const frameAt = (view: View): Frame => {
    const zoom = view.k / fit.k;
    if (zoom !== inked) inks = makeInks(printTheme, strengthFor(model.count / zoom ** 1.5), false);
    inked = zoom;
    return { view, size, ratio: 1, point: pointSize(model.count, zoom), inks };
  };
  const paint = (view: View) => {
    painter.paint(model, frameAt(view));
    context().getImageData(0, 0, 1, 1); // waits until it is drawn
  };
  let filters: Uint8Array[];
  let turns: Uint8Array[];
  return {
    first() {
      const base = buildModel(positions);
      model = { ...base, state: makeState(base, { groups }) };
      fit = fitView(model.bounds, size);
      if (which === 'gl') {
        const engine = GlEngine.open();
        if (!engine) throw new TypeError('no WebGL2');
        painter = new GlPainter(canvas, context(), engine);
      } else if (which === 'cpu') painter = new CpuPainter(canvas);
      else painter = new MapPainter(canvas, new PainterChoice());
      paint(fit);
    },
    async settle() {
      turns = [1, 2, 3].map((by) => turned(groups, by));
      filters = [1, 2].map((seed) => halfOf(model.count, seed));
      // The choice is made when the page is idle.
      await new Promise((resolve) => setTimeout(resolve, 50));
      await new Promise((resolve) => requestIdleCallback(resolve));
    },
    pan: (step) => paint(panBy(fit, 3 * step, 2 * step)),
    zoom(step) {
      const near = zoomAt(fit, 8, [fit.x + fit.k * -0.1, fit.y]);
      paint(panBy(near, 3 * step, 2 * step));
    },
    recolour(step) {
      model = { ...model, state: makeState(model, { groups: turns[step % 3]! }) };
      paint(fit);
    },
    filter(step) {
      model = { ...model, state: makeState(model, { groups, dimmed: filters[step % 2] }) };
      paint(fit);
    },
    lasso: (polygon) => selectInside(model, polygon),
    words: () => (painter instanceof MapPainter ? `chose ${painter.kind}` : which),
  };
}
