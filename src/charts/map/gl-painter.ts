import type { GlEngine } from './gl-engine.ts';
import { layersOf, type Layer } from './layers.ts';
import type { MapModel } from './model.ts';
import { largestPoint, sizeFactors, type Frame, type Painter } from './painter.ts';
import { inSightOf, isBlended } from './splat.ts';
import { besideShare, scaleOf } from './tally.ts';
import { toData } from './view.ts';

type Canvas = HTMLCanvasElement | OffscreenCanvas;
type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
type Held = { readonly array: ArrayBufferView; readonly buffer: WebGLBuffer };

/** Paints with the graphics card: the engine draws, and the picture is copied to this view's canvas. */
export class GlPainter implements Painter {
  readonly #engine: GlEngine;
  readonly #canvas: Canvas;
  readonly #context: Context;
  #held = new Map<'places' | 'state' | 'factors', Held>();
  #factors: { readonly sizes: Uint8Array; readonly factors: Float32Array } | null = null;
  #stream: WebGLBuffer | null = null;
  #generation = 0;

  constructor(canvas: Canvas, context: Context, engine: GlEngine) {
    this.#canvas = canvas;
    this.#context = context;
    this.#engine = engine;
    this.#generation = engine.generation;
  }

  /** Draws one frame; false where the context was lost and nothing was drawn. */
  paint(model: MapModel, frame: Frame): boolean {
    const engine = this.#engine;
    if (engine.isLost) return false;
    if (this.#generation !== engine.generation) this.#forget();
    const width = Math.max(1, Math.round(frame.size.width * frame.ratio));
    const height = Math.max(1, Math.round(frame.size.height * frame.ratio));
    engine.fit(width, height);
    this.#draw(model, frame, width, height);
    if (engine.isLost) return false;
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    const top = engine.canvas.height - height;
    this.#context.drawImage(engine.canvas, 0, top, width, height, 0, 0, width, height);
    return true;
  }

  dispose(): void {
    if (this.#generation !== this.#engine.generation) return;
    for (const { array } of this.#held.values()) this.#engine.release(array);
    if (this.#stream) this.#engine.gl.deleteBuffer(this.#stream);
    this.#forget();
  }

  /** The context is another one: what was held is gone with the old. */
  #forget(): void {
    this.#held.clear();
    this.#stream = null;
    this.#generation = this.#engine.generation;
  }

  #draw(model: MapModel, frame: Frame, width: number, height: number): void {
    const { gl } = this.#engine;
    const { ranges, count } = inSightOf(model, frame);
    const ground = frame.inks.ground;
    this.#attributes(model, frame);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.viewport(0, 0, width, height);
    gl.enable(gl.SCISSOR_TEST);
    gl.scissor(0, 0, width, height);
    gl.disable(gl.DEPTH_TEST);
    gl.clearColor(
      (ground & 255) / 255,
      ((ground >> 8) & 255) / 255,
      ((ground >> 16) & 255) / 255,
      1,
    );
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    const layers = layersOf(model, frame).map((layer) =>
      this.#engine.canCount ? layer : { ...layer, density: 0 },
    );
    const isOpaque = !isBlended(count, Math.max(1, largestPoint(model, frame) * frame.ratio));
    // Opaque points of all layers go in one draw, told apart by their depth; blended ones layer by layer.
    if (isOpaque && layers.every(({ density }) => density === 0))
      return this.#points(frame, ranges, { mask: 0, wanted: 0 }, true);
    for (const layer of layers) {
      if (layer.density < 1) this.#points(frame, ranges, layer, isOpaque);
      if (layer.density > 0) this.#density(model, frame, layer, { ranges, width, height });
    }
  }

  #points(
    frame: Frame,
    ranges: Uint32Array,
    layer: Pick<Layer, 'mask' | 'wanted'>,
    isOpaque: boolean,
  ) {
    const { gl, programs } = this.#engine;
    const { program, at } = programs.points;
    gl.useProgram(program);
    this.#place(frame, at, layer);
    gl.uniform1f(at('diameter'), frame.point * frame.ratio);
    gl.uniform1i(at('isOpaque'), isOpaque ? 1 : 0);
    gl.bindTexture(gl.TEXTURE_2D, this.#engine.inks(frame.inks, isOpaque));
    if (isOpaque) gl.disable(gl.BLEND);
    else {
      gl.enable(gl.BLEND);
      gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
    }
    if (isOpaque && layer.mask === 0) {
      gl.enable(gl.DEPTH_TEST);
      gl.depthFunc(gl.LEQUAL);
    }
    drawRanges(gl, ranges);
    gl.disable(gl.DEPTH_TEST);
  }

  #density(
    model: MapModel,
    frame: Frame,
    layer: Layer,
    work: { ranges: Uint32Array; width: number; height: number },
  ) {
    const { gl, programs } = this.#engine;
    const { frame: target, texture } = this.#engine.counting(work.width, work.height);
    gl.bindFramebuffer(gl.FRAMEBUFFER, target);
    gl.useProgram(programs.counts.program);
    this.#place(frame, programs.counts.at, layer);
    gl.uniform1f(programs.counts.at('diameter'), 1);
    gl.bindTexture(gl.TEXTURE_2D, this.#engine.inks(frame.inks, false));
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE);
    drawRanges(gl, work.ranges);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    const { program, at } = programs.tone;
    const { weight, peak } = scaleOf(model, frame);
    gl.useProgram(program);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
    for (const [name, value] of Object.entries({
      weight,
      peak,
      least: layer.least,
      most: layer.most,
      share: layer.density,
      besideShare,
    }))
      gl.uniform1f(at(name), value);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  /** Where the screen stands in the data: its middle in two float32 parts, and the scale around it. */
  #place(
    { view, size }: Frame,
    at: (name: string) => WebGLUniformLocation | null,
    layer: Pick<Layer, 'mask' | 'wanted'>,
  ) {
    const { gl } = this.#engine;
    const [x, y] = toData(view, size.width / 2, size.height / 2);
    const [near, far] = [Math.fround(x), Math.fround(y)];
    gl.uniform2f(at('middle'), near, far);
    gl.uniform2f(at('rest'), x - near, y - far);
    gl.uniform2f(at('scale'), (2 * view.k) / size.width, (2 * view.k) / size.height);
    gl.uniform1ui(at('mask'), layer.mask);
    gl.uniform1ui(at('wanted'), layer.wanted);
  }

  #attributes(model: MapModel, { moving }: Frame): void {
    const { gl } = this.#engine;
    if (moving) {
      this.#stream ??= gl.createBuffer();
      gl.bindBuffer(gl.ARRAY_BUFFER, this.#stream);
      gl.bufferData(gl.ARRAY_BUFFER, moving, gl.STREAM_DRAW);
    } else gl.bindBuffer(gl.ARRAY_BUFFER, this.#hold('places', model.positions));
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#hold('state', model.state));
    gl.enableVertexAttribArray(1);
    gl.vertexAttribIPointer(1, 1, gl.UNSIGNED_SHORT, 0, 0);
    if (model.sizes) {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.#hold('factors', this.#factorsOf(model.sizes)));
      gl.enableVertexAttribArray(2);
      gl.vertexAttribPointer(2, 1, gl.FLOAT, false, 0, 0);
    } else {
      gl.disableVertexAttribArray(2);
      gl.vertexAttrib1f(2, 1);
    }
  }

  #factorsOf(sizes: Uint8Array): Float32Array {
    if (this.#factors?.sizes !== sizes)
      this.#factors = {
        sizes,
        factors: Float32Array.from(sizes, (size) => sizeFactors[size] ?? 1),
      };
    return this.#factors.factors;
  }

  #hold(kind: 'places' | 'state' | 'factors', array: ArrayBufferView): WebGLBuffer {
    const held = this.#held.get(kind);
    if (held?.array === array) return held.buffer;
    if (held) this.#engine.release(held.array);
    const buffer = this.#engine.hold(array);
    this.#held.set(kind, { array, buffer });
    return buffer;
  }
}

/** One draw for each stretch of points; rows that follow each other are one. */
function drawRanges(gl: WebGL2RenderingContext, ranges: Uint32Array): void {
  for (let r = 0; r < ranges.length;) {
    const from = ranges[r]!;
    let to = ranges[r + 1]!;
    for (r += 2; r < ranges.length && ranges[r] === to; r += 2) to = ranges[r + 1]!;
    if (to > from) gl.drawArrays(gl.POINTS, from, to - from);
  }
}
