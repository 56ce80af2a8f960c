import { CpuPainter } from './cpu-painter.ts';
import type { GlEngine } from './gl-engine.ts';
import { GlPainter } from './gl-painter.ts';
import { pageChoice, type PainterChoice } from './map-painter.ts';
import type { MapModel } from './model.ts';
import type { Frame } from './painter.ts';

type Held = {
  readonly engine: GlEngine;
  readonly generation: number;
  readonly array: Float32Array;
};

/**
 * Paints many small views of the same points, each once: by the page's graphics card where it was found to be faster, their places sent to it once
 * for all of them. What stands in a canvas stays there when the context is lost; the next view is painted by the processor.
 */
export class PanePainter {
  readonly #choice: PainterChoice;
  #held: Held | null = null;
  #stopAsking: (() => void) | null = null;

  constructor(choice: PainterChoice = pageChoice) {
    this.#choice = choice;
  }

  /** `whole` is the frame of a large map of the same points: what the race is run on where nobody knows yet. Says what painted. */
  paint(canvas: HTMLCanvasElement, model: MapModel, frame: Frame, whole: Frame): 'cpu' | 'gl' {
    const isGl = this.#choice.isGl(model.count);
    if (isGl === null)
      this.#stopAsking ??= this.#choice.whenIdle(() => void this.#choice.decide(model, whole));
    const { engine } = this.#choice;
    const context = isGl && engine ? canvas.getContext('2d', { alpha: false }) : null;
    if (engine && context && !engine.isLost) {
      this.#hold(engine, model.positions);
      const painter = new GlPainter(canvas, context, engine);
      const isDrawn = painter.paint(model, frame);
      painter.dispose();
      if (isDrawn) return 'gl';
    }
    const painter = new CpuPainter(canvas);
    painter.paint(model, frame);
    painter.dispose();
    return 'cpu';
  }

  dispose(): void {
    this.#stopAsking?.();
    this.#release();
  }

  #hold(engine: GlEngine, array: Float32Array): void {
    const { generation } = engine;
    const held = this.#held;
    if (held?.engine === engine && held.generation === generation && held.array === array) return;
    this.#release();
    engine.hold(array);
    this.#held = { engine, generation, array };
  }

  /** What was held of an earlier context went with it. */
  #release(): void {
    const { engine, generation, array } = this.#held ?? {};
    if (engine && array && engine.generation === generation) engine.release(array);
    this.#held = null;
  }
}
