import { CpuPainter } from './cpu-painter.ts';
import { GlEngine } from './gl-engine.ts';
import { GlPainter } from './gl-painter.ts';
import type { MapModel } from './model.ts';
import type { Frame, Painter } from './painter.ts';
import { sampleOf } from './sample.ts';

type Canvas = HTMLCanvasElement | OffscreenCanvas;

/** A frame that takes longer (ms) is drawn from a sample while the map moves. */
const slowMs = 25;
/** Points of that sample. */
export const sampled = 200_000;
/** Below so many points a frame on the processor takes a few milliseconds: there is nothing to win. */
const racedFrom = 20_000;

/** What the views of a page share: the one WebGL context, and which painter won at how many points. */
export class PainterChoice {
  engine: GlEngine | null = null;
  /** What the race found, with how many points; null: not yet asked. */
  #asked: { readonly count: number; readonly isGl: boolean; readonly ms: number } | null = null;

  /** Whether the graphics card paints `count` points; null where that is to be found out. */
  isGl(count: number): boolean | null {
    if (count < racedFrom) return false;
    const asked = this.#asked;
    return asked && count <= 4 * asked.count && asked.count <= 4 * count ? asked.isGl : null;
  }

  /** How long the card takes for a frame of all points, ms: painting returns before the card is done, so only the race knows. */
  glMs(count: number): number {
    return this.#asked ? (this.#asked.ms * count) / this.#asked.count : 0;
  }

  /**
   * Paints the same frame with both painters, out of sight, and keeps the faster; never asks what the card is called. A card that needs
   * longer for a sixteenth of the points than the processor for all has lost without being made to draw them.
   */
  decide(model: MapModel, frame: Frame): boolean {
    const engine = (this.engine ??= GlEngine.open());
    const ms = engine && race(model, frame, engine);
    const isGl = ms !== null;
    this.#asked = { count: model.count, isGl, ms: ms ?? 0 };
    if (!isGl) {
      engine?.close();
      this.engine = null;
    }
    return isGl;
  }

  /** Does `ask` when the page has nothing else to do: the first frame is never kept waiting. Returns how to take it back. */
  whenIdle(ask: () => void): () => void {
    if (typeof requestIdleCallback === 'undefined') return () => {};
    const idle = requestIdleCallback(ask, { timeout: 2000 });
    return () => cancelIdleCallback(idle);
  }
}

/** One for the page: browsers allow only some WebGL contexts, and the machine does not change. */
export const pageChoice = new PainterChoice();

/** How long the card takes (ms) where it was faster, else null. Each is timed until its picture stands in a canvas. */
function race(model: MapModel, frame: Frame, engine: GlEngine): number | null {
  const scratch = new OffscreenCanvas(1, 1);
  const context = scratch.getContext('2d', { alpha: false });
  if (!context) return null;
  const cpu = new CpuPainter(scratch);
  const gl = new GlPainter(scratch, context, engine);
  const timed = (painter: Painter, drawn: MapModel) => {
    const start = performance.now();
    painter.paint(drawn, { ...frame, moving: null });
    context.getImageData(0, 0, 1, 1); // waits until it is drawn
    return performance.now() - start;
  };
  try {
    timed(cpu, model);
    const limit = timed(cpu, model);
    const few = sampleOf(model, Math.ceil(model.count / 16));
    timed(gl, few); // compiles, sends
    if (timed(gl, few) > limit) return null;
    timed(gl, model);
    const ms = timed(gl, model);
    return !engine.isLost && ms < limit ? ms : null;
  } finally {
    cpu.dispose();
    gl.dispose();
  }
}

/**
 * The painter of a view: the processor at first, the graphics card once it has shown to be faster, the processor again, in the same frame,
 * where the card's context is lost. While the map moves and a whole frame is slow, a sample of the points is drawn.
 */
export class MapPainter implements Painter {
  readonly #canvas: Canvas;
  readonly #cpu: CpuPainter;
  readonly #choice: PainterChoice;
  #gl: { readonly painter: GlPainter; readonly engine: GlEngine } | null = null;
  #newest: readonly [MapModel, Frame] | null = null;
  #slow: { readonly count: number; readonly ms: number } | null = null;
  #stopAsking: (() => void) | null = null;
  readonly #onloss = () => {
    if (this.#newest) this.paint(...this.#newest);
  };

  constructor(canvas: Canvas, choice: PainterChoice = pageChoice) {
    this.#canvas = canvas;
    this.#cpu = new CpuPainter(canvas);
    this.#choice = choice;
  }

  /** Which painter draws now. */
  get kind(): 'cpu' | 'gl' {
    return this.#gl && !this.#gl.engine.isLost ? 'gl' : 'cpu';
  }

  /** Draws one frame. True where it was drawn from a sample, so that a calm frame should follow. */
  paint(model: MapModel, frame: Frame): boolean {
    this.#newest = [model, frame];
    const isSlow = this.#slow?.count === model.count && this.#slow.ms > slowMs;
    const drawn = frame.isHurried && isSlow && !frame.moving ? sampleOf(model, sampled) : model;
    this.#use(this.#choice.isGl(model.count));
    const start = performance.now();
    if (!this.#gl?.painter.paint(drawn, frame)) this.#cpu.paint(drawn, frame);
    const took = this.kind === 'gl' ? this.#choice.glMs(model.count) : performance.now() - start;
    if (drawn === model) this.#slow = { count: model.count, ms: took };
    return drawn !== model;
  }

  dispose(): void {
    this.#use(false);
    this.#newest = null;
    this.#cpu.dispose();
    this.#stopAsking?.();
  }

  #use(isGl: boolean | null): void {
    if (isGl === null) return this.#ask();
    const { engine } = this.#choice;
    if (isGl && engine && this.#gl?.engine !== engine) {
      const context = this.#canvas.getContext('2d', { alpha: false });
      // The two canvases' overloads share no signature; both give a 2d context or null.
      const drawing = context as CanvasRenderingContext2D | null;
      if (!drawing) return;
      this.#gl = { engine, painter: new GlPainter(this.#canvas, drawing, engine) };
      engine.onloss.add(this.#onloss);
    } else if (!isGl && this.#gl) {
      this.#gl.painter.dispose();
      this.#gl.engine.onloss.delete(this.#onloss);
      this.#gl = null;
    }
  }

  #ask(): void {
    this.#stopAsking ??= this.#choice.whenIdle(() => {
      this.#stopAsking = null;
      const newest = this.#newest;
      if (!newest || this.#choice.isGl(newest[0].count) !== null) return;
      if (this.#choice.decide(...newest)) this.paint(...newest);
    });
  }
}
