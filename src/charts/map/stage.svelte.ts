import type { Bounds, MapModel } from './model.ts';
import { along, ease, startOf } from './travel.ts';
import {
  between,
  fitView,
  keepInSight,
  panBy,
  toScreen,
  zoomAt,
  type Size,
  type View,
} from './view.ts';

const durationMs = 300;
const isStill = () => globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? true;

/** Where the map stands: its size, the view that a person chose or the one that fits, and points on their way. Dies with its component. */
export class MapStage {
  size = $state.raw<Size>({ width: 0, height: 0 });
  ratio = $state(1);
  readonly #bounds: () => Bounds;
  #chosen = $state.raw<View | null>(null);
  #from = $state.raw<View | null>(null);
  #share = $state(1);
  fitted = $derived.by(() => fitView(this.#bounds(), this.size));
  #target = $derived(this.#chosen ?? this.fitted);
  view = $derived(this.#from ? between(this.#from, this.#target, ease(this.#share)) : this.#target);
  zoom = $derived(this.view.k / this.fitted.k);
  #frame = 0;
  #model: MapModel | null = null;
  #start: Float32Array | null = null;
  #places = new Float32Array(0);

  constructor(bounds: () => Bounds) {
    this.#bounds = bounds;
  }

  /** Points or the view are on their way. */
  get isMoving(): boolean {
    return this.#share < 1;
  }

  pan(dx: number, dy: number): void {
    this.#settle();
    this.#chosen = keepInSight(panBy(this.view, dx, dy), this.#bounds(), this.size);
  }

  zoomBy(factor: number, x = this.size.width / 2, y = this.size.height / 2): void {
    this.#settle();
    const limits = [this.fitted.k / 2, this.fitted.k * 2000] as const;
    const view = zoomAt(this.view, factor, [x, y], limits);
    this.#chosen = keepInSight(view, this.#bounds(), this.size);
  }

  /** Brings a place, in data units, to the middle. */
  centreOn(x: number, y: number): void {
    const [px, py] = toScreen(this.view, x, y);
    this.pan(this.size.width / 2 - px, this.size.height / 2 - py);
  }

  /** Back to everything in sight. */
  fit(): void {
    const from = this.view;
    this.#settle();
    this.#chosen = null;
    this.#glide(from);
  }

  /**
   * Takes a new layout, all of it in sight: the same points travel there from where they stood; others appear in place. Says whether points stand
   * elsewhere now.
   */
  arrive(model: MapModel): boolean {
    const before = this.#model;
    this.#model = model;
    if (!before || before.positions === model.positions) return false;
    this.#settle();
    this.#start = startOf(before, model);
    this.#chosen = null;
    if (this.#start) this.#glide(null);
    return true;
  }

  /** Places of points on their way, in the grid order of the newest model; null when they have arrived. */
  moving(): Float32Array | null {
    const share = this.#share;
    const model = this.#model;
    if (share >= 1 || !this.#start || this.#start.length !== model?.positions.length) return null;
    if (this.#places.length !== this.#start.length)
      this.#places = new Float32Array(this.#start.length);
    along(this.#start, model, ease(share), this.#places);
    return this.#places;
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
  }

  #settle(): void {
    this.stop();
    this.#share = 1;
    this.#from = null;
    this.#start = null;
  }

  #glide(from: View | null): void {
    if (isStill()) return this.#settle();
    this.#from = from;
    this.#share = 0;
    let began: number | null = null;
    const tick = (now: number) => {
      began ??= now;
      this.#share = Math.min(1, (now - began) / durationMs);
      if (this.#share < 1) this.#frame = requestAnimationFrame(tick);
      else this.#settle();
    };
    this.#frame = requestAnimationFrame(tick);
  }
}
