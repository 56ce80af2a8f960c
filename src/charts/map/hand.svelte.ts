import type { Gestures } from './gestures.ts';
import { nearest } from './hit.ts';
import { stepTo, wishOf, type Stop } from './keys.ts';
import { selectInside, thin } from './lasso.ts';
import type { MapModel } from './model.ts';
import type { MapStage } from './stage.svelte.ts';
import { toData, toScreen } from './view.ts';

export type Tool = 'point' | 'lasso' | 'pan';

/** What the hand needs to know and whom it tells. Functions, so that the newest values count. */
export type HandOptions = {
  readonly model: () => MapModel;
  readonly groups: () => ArrayLike<number>;
  readonly tool: () => Tool;
  /** Groups with their places on the screen, largest first. */
  readonly stops: () => readonly Stop[];
  readonly onhover: (index: number | null) => void;
  readonly onpick: (group: number | null) => void;
  readonly onpoint: (index: number | null) => void;
  readonly onselect: (mask: Uint8Array | null) => void;
};

const reachPx = 8;

/** Pointer and keyboard on the map: what is hovered, focused and drawn. Dies with its component. */
export class MapHand implements Gestures {
  hovered = $state(-1);
  focused = $state<number | null>(null);
  /** Corners in data units, so that a lasso stays where it was drawn while the map moves. */
  lasso = $state.raw<readonly number[]>([]);
  /** Being drawn, by dragging, by clicking corners or as a box by the arrow keys. */
  isOpen = $state(false);
  #box: { x: number; y: number; wide: number; high: number } | null = null;
  #hadDrag = false;
  readonly #stage: MapStage;
  readonly #options: HandOptions;

  constructor(stage: MapStage, options: HandOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  readonly draws = () => this.#options.tool() === 'lasso';
  pan = (dx: number, dy: number) => this.#stage.pan(dx, dy);
  zoom = (factor: number, x: number, y: number) => this.#stage.zoomBy(factor, x, y);

  hover(place: readonly [number, number] | null): void {
    const found = place && !this.draws() ? this.#at(...place) : -1;
    if (found === this.hovered) return;
    this.hovered = found;
    this.#options.onhover(found < 0 ? null : found);
  }

  tap(x: number, y: number): void {
    const tool = this.#options.tool();
    if (tool === 'lasso') return this.#addCorner(x, y);
    const index = this.#at(x, y);
    const group = index < 0 ? -1 : (this.#options.groups()[index] ?? -1);
    this.hover([x, y]);
    if (tool !== 'point') return;
    this.#options.onpoint(index < 0 ? null : index);
    this.#options.onpick(group < 0 ? null : group);
  }

  doubleTap(): void {
    if (this.draws()) this.#close();
    else this.#stage.fit();
  }

  draw(x: number, y: number, phase: 'start' | 'move' | 'end'): void {
    const corner = toData(this.#stage.view, x, y);
    if (phase === 'start') [this.lasso, this.isOpen, this.#hadDrag] = [[], true, true];
    this.lasso = thin([...this.lasso, ...corner], 2 / this.#stage.view.k);
    if (phase === 'end') this.#close();
  }

  key(event: KeyboardEvent): void {
    const wish = wishOf(event);
    if (!wish) return;
    event.preventDefault();
    const tool = this.#options.tool();
    if (tool === 'lasso' && this.#boxKey(event)) return;
    switch (wish.verb) {
      case 'step':
        if (tool === 'pan') return this.#stage.pan(-60 * wish.dx, -60 * wish.dy);
        return this.#focus(stepTo(this.#options.stops(), this.focused, [wish.dx, wish.dy]));
      case 'shift':
        return this.#stage.pan(-60 * wish.dx, -60 * wish.dy);
      case 'turn':
        return this.#turn(wish.by);
      case 'zoom': {
        const at = this.#options.stops().find(({ group }) => group === this.focused);
        return this.#stage.zoomBy(wish.factor, at?.x, at?.y);
      }
      case 'fit':
        return this.#stage.fit();
      case 'pick':
        return this.#options.onpick(this.focused);
      case 'clear':
        if (this.lasso.length > 0) this.#options.onselect(null);
        this.clear();
        this.#options.onpoint(null);
        return this.#options.onpick(null);
    }
  }

  /** Forgets what was drawn and where the keyboard stood. */
  clear(): void {
    [this.lasso, this.isOpen, this.focused, this.#box] = [[], false, null, null];
    this.hover(null);
  }

  #at(px: number, py: number): number {
    const { view } = this.#stage;
    const [x, y] = toData(view, px, py);
    return nearest(this.#options.model(), x, y, reachPx / view.k);
  }

  /** Brings a group into sight and says it. */
  #focus(group: number | null): void {
    this.focused = group;
    const stop = this.#options.stops().find((one) => one.group === group);
    const { width, height } = this.#stage.size;
    if (!stop || (stop.x >= 0 && stop.y >= 0 && stop.x <= width && stop.y <= height)) return;
    this.#stage.pan(width / 2 - stop.x, height / 2 - stop.y);
  }

  #turn(by: number): void {
    const groups = this.#options.stops().map(({ group }) => group);
    if (groups.length === 0) return;
    const at = this.focused === null ? -1 : groups.indexOf(this.focused);
    const next = at < 0 ? (by > 0 ? 0 : -1) : at + by;
    this.#focus(groups[(next + groups.length) % groups.length] ?? null);
  }

  /** Without dragging: each click is a corner; a click on the first one, a double click or Enter closes. */
  #addCorner(x: number, y: number): void {
    if (this.#hadDrag || !this.isOpen) [this.lasso, this.#hadDrag] = [[], false];
    const [fx = NaN, fy = NaN] = this.lasso;
    const [px, py] = toScreen(this.#stage.view, fx, fy);
    if (this.lasso.length > 4 && Math.hypot(px - x, py - y) < reachPx) return this.#close();
    this.lasso = thin([...this.lasso, ...toData(this.#stage.view, x, y)], 2 / this.#stage.view.k);
    this.isOpen = true;
  }

  /** By keyboard: arrows move a box, Shift with arrows sizes it, Enter takes what is inside. True where the key was for the box. */
  #boxKey(event: KeyboardEvent): boolean {
    const wish = wishOf(event);
    if (wish?.verb === 'pick') return (this.#close(), true);
    if (wish?.verb !== 'step' && wish?.verb !== 'shift') return false;
    const { width, height } = this.#stage.size;
    const box = (this.#box ??= { x: width / 2, y: height / 2, wide: width / 4, high: height / 4 });
    if (wish.verb === 'step') {
      box.x = Math.min(width, Math.max(0, box.x + 16 * wish.dx));
      box.y = Math.min(height, Math.max(0, box.y + 16 * wish.dy));
    } else {
      box.wide = Math.max(16, box.wide + 16 * wish.dx);
      box.high = Math.max(16, box.high + 16 * wish.dy);
    }
    const [left, top] = toData(this.#stage.view, box.x - box.wide / 2, box.y - box.high / 2);
    const [right, bottom] = toData(this.#stage.view, box.x + box.wide / 2, box.y + box.high / 2);
    [this.lasso, this.isOpen] = [[left, top, right, top, right, bottom, left, bottom], true];
    return true;
  }

  #close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#box = null;
    if (this.lasso.length < 6) this.lasso = [];
    else this.#options.onselect(selectInside(this.#options.model(), this.lasso));
  }
}
