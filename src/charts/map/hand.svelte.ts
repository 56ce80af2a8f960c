import { howOf, type Gestures, type How } from './gestures.ts';
import { nearest } from './hit.ts';
import { stepTo, wishOf, type Stop } from './keys.ts';
import { combine, selectInside, thin } from './lasso.ts';
import type { MapModel } from './model.ts';
import type { MapStage } from './stage.svelte.ts';
import { toData, toScreen } from './view.ts';

export type Tool = 'point' | 'lasso' | 'box' | 'pan';

/** A line that was drawn around points: corners in data units, and what it did to the selection. */
export type DrawnLine = { readonly corners: readonly number[]; readonly how: How };

/** What the hand needs to know and whom it tells. Functions, so that the newest values count. */
export type HandOptions = {
  readonly model: () => MapModel;
  readonly groups: () => ArrayLike<number>;
  readonly tool: () => Tool;
  /** What a line does where neither Shift nor Alt is held. */
  readonly how: () => How;
  /** 1 for each selected point; null: none was selected by hand. */
  readonly selected: () => Uint8Array | null;
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
  /** Lines that made the present selection, oldest first. */
  lines = $state.raw<readonly DrawnLine[]>([]);
  /** The keyboard goes from point to point. */
  isWalking = $state(false);
  /** Being drawn, by dragging, by clicking corners or as a box by the arrow keys. */
  isOpen = $state(false);
  #box: { x: number; y: number; wide: number; high: number } | null = null;
  #hadDrag = false;
  #how: How = 'replace';
  readonly #stage: MapStage;
  readonly #options: HandOptions;

  constructor(stage: MapStage, options: HandOptions) {
    this.#stage = stage;
    this.#options = options;
  }

  readonly draws = () => ['lasso', 'box'].includes(this.#options.tool());
  pan = (dx: number, dy: number) => this.#stage.pan(dx, dy);
  zoom = (factor: number, x: number, y: number) => this.#stage.zoomBy(factor, x, y);

  hover(place: readonly [number, number] | null): void {
    this.isWalking = false;
    const found = place && !this.draws() ? this.#at(...place) : -1;
    if (found === this.hovered) return;
    this.hovered = found;
    this.#options.onhover(found < 0 ? null : found);
  }

  tap(x: number, y: number, how: How | null = null): void {
    const tool = this.#options.tool();
    if (this.draws()) return this.#addCorner(x, y, how);
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

  draw(x: number, y: number, phase: 'start' | 'move' | 'end', how: How | null = null): void {
    const corner = toData(this.#stage.view, x, y);
    if (phase === 'start') {
      [this.lasso, this.isOpen, this.#hadDrag] = [[], true, true];
      this.#how = how ?? this.#options.how();
    }
    this.lasso =
      this.#options.tool() === 'box'
        ? boxOf(this.lasso, corner)
        : thin([...this.lasso, ...corner], 2 / this.#stage.view.k);
    if (phase === 'end') this.#close();
  }

  key(event: KeyboardEvent): void {
    const wish = wishOf(event);
    if (!wish) return;
    event.preventDefault();
    const tool = this.#options.tool();
    if (this.draws() && this.#boxKey(event)) return;
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
      case 'walk':
        return this.#walk(wish.by);
      case 'pick':
        if (this.hovered >= 0) this.#options.onpoint(this.hovered);
        return this.#options.onpick(this.focused);
      case 'clear':
        if (this.isOpen) return this.#drop();
        if (this.lines.length > 0) this.#options.onselect(null);
        this.clear();
        this.#options.onpoint(null);
        return this.#options.onpick(null);
    }
  }

  /** Forgets what was drawn and where the keyboard stood. */
  clear(): void {
    this.#drop();
    [this.lines, this.focused] = [[], null];
    this.hover(null);
  }

  /** Where points stand elsewhere now, lines around them say nothing any more; what they selected stays selected. */
  forgetLines(): void {
    this.#drop();
    this.lines = [];
  }

  /** What is being drawn is given up. */
  #drop(): void {
    [this.lasso, this.isOpen, this.#box] = [[], false, null];
  }

  /** From one point to the next, in the group under the keyboard or among all: said, and brought into sight. */
  #walk(by: number): void {
    const { count, order, rank, positions } = this.#options.model();
    const groups = this.#options.groups();
    const isMeant = (slot: number) =>
      this.focused === null || groups[order[slot]!] === this.focused;
    let slot = this.hovered < 0 ? (by > 0 ? -1 : 0) : rank[this.hovered]!;
    for (let tried = 0; tried < count; tried++) {
      slot = (slot + by + count) % count;
      if (!isMeant(slot)) continue;
      const [x, y] = toScreen(this.#stage.view, positions[2 * slot]!, positions[2 * slot + 1]!);
      const { width, height } = this.#stage.size;
      if (x < 0 || y < 0 || x > width || y > height) this.#stage.pan(width / 2 - x, height / 2 - y);
      [this.hovered, this.isWalking] = [order[slot]!, true];
      return this.#options.onhover(this.hovered);
    }
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
  #addCorner(x: number, y: number, how: How | null): void {
    if (this.#hadDrag || !this.isOpen) {
      [this.lasso, this.#hadDrag] = [[], false];
      this.#how = how ?? this.#options.how();
    }
    if (this.#options.tool() === 'box') {
      const hadCorner = this.isOpen;
      [this.lasso, this.isOpen] = [boxOf(this.lasso, toData(this.#stage.view, x, y)), true];
      return hadCorner ? this.#close() : undefined;
    }
    const [fx = NaN, fy = NaN] = this.lasso;
    const [px, py] = toScreen(this.#stage.view, fx, fy);
    if (this.lasso.length > 4 && Math.hypot(px - x, py - y) < reachPx) return this.#close();
    this.lasso = thin([...this.lasso, ...toData(this.#stage.view, x, y)], 2 / this.#stage.view.k);
    this.isOpen = true;
  }

  /** By keyboard: arrows move a box, Shift with arrows sizes it, Enter takes what is inside. True where the key was for the box. */
  #boxKey(event: KeyboardEvent): boolean {
    const wish = wishOf(event);
    if (wish?.verb === 'pick') {
      this.#how = howOf(event) ?? this.#options.how();
      return (this.#close(), true);
    }
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
    const corners = this.lasso;
    this.#drop();
    if (corners.length < 6) return;
    const before = this.#options.selected();
    const how = this.#how;
    const kept = before && how !== 'replace' ? this.lines : [];
    this.lines = [...kept, { corners, how }];
    const mask = selectInside(this.#options.model(), corners);
    this.#options.onselect(combine(before, mask, how));
  }
}

/** The box between the first corner of `before` and `corner`; where there is none yet, all four corners are there. */
function boxOf(before: readonly number[], corner: readonly [number, number]): readonly number[] {
  const [x, y] = corner;
  const [left = x, top = y] = before;
  return [left, top, x, top, x, y, left, y];
}
