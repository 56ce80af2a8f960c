import { Deck, OrthographicView } from '@deck.gl/core';
import { ScatterplotLayer } from '@deck.gl/layers';
import { rgb } from 'd3';
import type { Candidate } from './candidate.ts';
import { framesUntil, takeFrames } from './frames.ts';
import { palette, size, turned, type Points } from './points.ts';

/** deck.gl's scatterplot of binary columns, smoothing and blending off. It draws in software at about 12 s a million points, so only first frame and pan. */
export function deck(canvas: HTMLCanvasElement, { positions, groups }: Points): Candidate {
  takeFrames();
  const count = groups.length;
  let it: Deck<OrthographicView>;
  let drawn = 0;
  const colours = palette.map((hex) => rgb(hex));
  const coloursOf = (list: Uint8Array) => {
    const bytes = new Uint8Array(3 * count);
    list.forEach((group, i) => {
      const { r, g, b } = colours[group]!;
      bytes.set([r, g, b], 3 * i);
    });
    return bytes;
  };
  const layerOf = (list: Uint8Array) =>
    new ScatterplotLayer({
      id: 'points',
      data: {
        length: count,
        attributes: {
          getPosition: { value: positions, size: 2 },
          getFillColor: { value: coloursOf(list), size: 3 },
        },
      },
      ...{ getRadius: 1.5, radiusUnits: 'pixels', stroked: false, antialiasing: false },
      parameters: { blend: false, depthCompare: 'always', depthWriteEnabled: false },
    });
  const finish = () => {
    const gl = canvas.getContext('webgl2');
    gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  };
  const untilDrawn = async (run: () => unknown) => {
    const before = drawn;
    run();
    await framesUntil(() => drawn > before);
    finish();
  };
  const viewOf = (step: number) => ({
    target: [(-3 * step) / 360, (2 * step) / 360, 0] as [number, number, number],
    zoom: Math.log2(360),
  });
  const pan = (step: number) => untilDrawn(() => it.setProps({ viewState: viewOf(step) }));
  return {
    first: () =>
      untilDrawn(() => {
        it = new Deck({
          ...{ canvas, ...size, useDevicePixels: false, controller: false },
          deviceProps: { type: 'webgl', webgl: { antialias: false } },
          views: new OrthographicView({ flipY: false }),
          viewState: viewOf(0),
          layers: [layerOf(groups)],
          onAfterRender: () => void drawn++,
        });
      }),
    settle: () => undefined,
    pan,
    zoom: pan,
    recolour: (step) => untilDrawn(() => it.setProps({ layers: [layerOf(turned(groups, step))] })),
    filter: pan,
    lasso: () => new Uint8Array(count),
    words: () => 'deck.gl',
  };
}
