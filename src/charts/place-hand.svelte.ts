import { toward } from './toward.ts';

type Held = {
  readonly at: { readonly xs: readonly number[]; readonly ys: readonly number[] };
  /** How far beside a place a click still means it, in pixels. */
  readonly reach: number;
  readonly picked: readonly number[] | null;
  readonly onpick: (places: readonly number[] | null) => void;
};

/** Less than this is a click, in pixels of both directions together. */
const CLICK = 6;
const ways: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** Pointer and keys over places: a box picks all in it, a click or Space one more or less, a click beside everything lets go. */
export class PlaceHand {
  /** The place under the keyboard. */
  active = $state(0);
  #from = $state.raw<readonly [number, number] | null>(null);
  #to = $state.raw<readonly [number, number]>([0, 0]);
  readonly #held: () => Held;

  readonly box = $derived.by(() => {
    if (!this.#from) return null;
    const [[x0, y0], [x1, y1]] = [this.#from, this.#to];
    const [wide, high] = [Math.abs(x1 - x0), Math.abs(y1 - y0)];
    return { left: Math.min(x0, x1), top: Math.min(y0, y1), wide, high };
  });

  constructor(held: () => Held) {
    this.#held = held;
  }

  readonly press = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this.#from = this.#to = placeOf(event);
    (event.currentTarget as Element).setPointerCapture(event.pointerId); // an element, being listened on
  };

  readonly move = (event: PointerEvent): void => {
    if (!this.#from) return;
    this.#to = placeOf(event);
    const { box } = this;
    if (!box || box.wide + box.high < CLICK) return;
    const { at, onpick } = this.#held();
    const isIn = (x: number, y: number) =>
      x >= box.left && x <= box.left + box.wide && y >= box.top && y <= box.top + box.high;
    onpick(at.xs.flatMap((x, place) => (isIn(x, at.ys[place] ?? NaN) ? [place] : [])));
  };

  readonly release = (): void => {
    const { box } = this;
    this.#from = null;
    if (!box || box.wide + box.high >= CLICK) return;
    const { at, reach, onpick } = this.#held();
    let [nearest, least] = [-1, reach];
    at.xs.forEach((x, place) => {
      const off = Math.max(Math.abs(x - box.left), Math.abs((at.ys[place] ?? NaN) - box.top));
      if (off <= least) [nearest, least] = [place, off];
    });
    if (nearest < 0) return onpick(null);
    this.active = nearest;
    this.#toggle(nearest);
  };

  readonly cancel = (): void => {
    this.#from = null;
  };

  readonly key = (event: KeyboardEvent): void => {
    const { at, picked, onpick } = this.#held();
    const way = ways[event.key];
    if (way) this.active = toward(at, this.active, way);
    else if (event.key === ' ' || event.key === 'Enter') this.#toggle(this.active);
    else if (event.key === 'Escape' && picked) onpick(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  #toggle(place: number): void {
    const { picked, onpick } = this.#held();
    const next = picked?.includes(place)
      ? picked.filter((each) => each !== place)
      : [...(picked ?? []), place];
    onpick(next.length > 0 ? next : null);
  }
}

function placeOf(event: PointerEvent): readonly [number, number] {
  const { left, top } = (event.currentTarget as Element).getBoundingClientRect(); // listened on there
  return [event.clientX - left, event.clientY - top];
}
