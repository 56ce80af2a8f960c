import createScatterplot from 'regl-scatterplot';
import type { Candidate } from './candidate.ts';
import { framesUntil, takeFrames } from './frames.ts';
import { grey, halfOf, palette, size, turned, type Points } from './points.ts';

type Scatterplot = ReturnType<typeof createScatterplot>;

/**
 * regl-scatterplot in its performance mode (opaque squares of 3 px), columns in, its search index kept where only colours change, as its
 * manual advises. It cannot grey points out: they get an eleventh colour.
 */
export function regl(canvas: HTMLCanvasElement, { positions, groups }: Points): Candidate {
  takeFrames();
  const count = groups.length;
  const columns = () =>
    [0, 1].map((axis) => Float32Array.from(groups, (_, i) => positions[2 * i + axis]!));
  const [x, y] = columns() as [Float32Array, Float32Array];
  let plot: Scatterplot;
  let drawn = 0;
  const finish = () => canvas.getContext('2d')?.getImageData(0, 0, 1, 1);
  const untilDrawn = async (run: () => unknown) => {
    const before = drawn;
    await Promise.all([run(), framesUntil(() => drawn > before)]);
    finish();
  };
  /** New colours for all. */
  const send = (z: Uint8Array, spatialIndex?: ArrayBuffer) =>
    // Its types ask for plain arrays; it takes columns of any kind.
    plot.draw({ x, y, z } as never, {
      zDataType: 'categorical',
      ...(spatialIndex ? { spatialIndex } : {}),
    });
  const look = (k: number, dx: number, dy: number) =>
    plot.set({
      cameraView: Float32Array.of(k, 0, 0, 0, 0, k, 0, 0, 0, 0, 1, 0, dx, dy, 0, 1),
    } as never);
  let index: ArrayBuffer;
  let filters: Uint8Array[];
  let turns: Uint8Array[];
  return {
    async first() {
      plot = createScatterplot({
        ...{ canvas, ...size, pointSize: 3, performanceMode: true },
        pointColor: [...palette, grey],
        colorBy: 'category',
        backgroundColor: '#ffffff',
      } as never);
      plot.subscribe('draw', () => void drawn++);
      await untilDrawn(() => send(groups));
    },
    settle() {
      index = plot.get('spatialIndex') as unknown as ArrayBuffer;
      turns = [1, 2, 3].map((by) => turned(groups, by));
      filters = [1, 2].map((seed) => {
        const half = halfOf(count, seed);
        return groups.map((group, i) => (half[i] ? 10 : group));
      });
    },
    pan: (step) => untilDrawn(() => look(1, (6 * step) / size.width, (4 * step) / size.height)),
    zoom: (step) =>
      untilDrawn(() => look(8, 0.8 + (6 * step) / size.width, (4 * step) / size.height)),
    recolour: (step) => untilDrawn(() => send(turns[step % 3]!, index)),
    filter: (step) => untilDrawn(() => send(filters[step % 2]!, index)),
    lasso(polygon) {
      const vertices = Array.from({ length: polygon.length / 2 }, (_, i) => [
        polygon[2 * i]!,
        polygon[2 * i + 1]!,
      ]);
      plot.lassoSelect(vertices as never, { isGl: true });
      const mask = new Uint8Array(count);
      for (const i of plot.get('selectedPoints') as readonly number[]) mask[i] = 1;
      return mask;
    },
    words: () => 'regl-scatterplot',
  };
}
