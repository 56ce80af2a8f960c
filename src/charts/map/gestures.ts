/** What a pointer can do to the map; places are CSS pixels from its top left corner. */
export type Gestures = {
  /** Whether dragging with one pointer draws (true) or moves the map (false). */
  readonly draws: () => boolean;
  hover(place: readonly [number, number] | null): void;
  tap(x: number, y: number, how?: How | null): void;
  /** A double click, where no button was under it. */
  doubleTap(): void;
  pan(dx: number, dy: number): void;
  zoom(factor: number, x: number, y: number): void;
  /** `how`: what Shift or Alt asked for when drawing began; null: neither was held. */
  draw(x: number, y: number, phase: 'start' | 'move' | 'end', how?: How | null): void;
};

/** What becomes of what was selected before. */
export type How = 'replace' | 'add' | 'subtract';

/** Shift adds, Alt takes away. */
export const howOf = (event: {
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}): How | null => (event.shiftKey ? 'add' : event.altKey ? 'subtract' : null);

type Place = { x: number; y: number };
/** Pixels that a hand may tremble without meaning a drag. */
const slop = 4;

/** Listens for mouse, pen, touch (one finger moves or draws, two pinch) and wheel. Returns how to stop. */
export function listen(element: HTMLElement, gestures: Gestures): () => void {
  const down = new Map<number, Place>();
  let from: Place | null = null;
  let mode: 'still' | 'pan' | 'draw' | 'pinch' = 'still';
  let onButton = false;
  const stop = new AbortController();
  const { signal } = stop;
  const placeOf = (event: MouseEvent): Place => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const isButton = (event: Event) =>
    event.target instanceof Element && !!event.target.closest('button');

  const press = (event: PointerEvent) => {
    if (event.button !== 0 && event.button !== 1) return;
    const place = placeOf(event);
    down.set(event.pointerId, place);
    if (down.size === 2) {
      if (mode === 'draw') gestures.draw(place.x, place.y, 'end');
      mode = 'pinch';
    } else if (down.size === 1) {
      [from, mode, onButton] = [place, 'still', isButton(event)];
    }
    gestures.hover(null);
  };

  const drag = (event: PointerEvent, last: Place, now: Place) => {
    if (mode === 'still' && from && Math.hypot(now.x - from.x, now.y - from.y) > slop) {
      // Capturing earlier would take the click away from a label under the pointer.
      element.setPointerCapture(event.pointerId);
      mode = gestures.draws() && event.buttons !== 4 ? 'draw' : 'pan';
      if (mode === 'draw') gestures.draw(from.x, from.y, 'start', howOf(event));
      else gestures.pan(now.x - from.x, now.y - from.y);
    } else if (mode === 'pan') gestures.pan(now.x - last.x, now.y - last.y);
    if (mode === 'draw') gestures.draw(now.x, now.y, 'move');
  };

  const pinch = (id: number, now: Place) => {
    const [other] = [...down].filter(([key]) => key !== id).map(([, place]) => place);
    const last = down.get(id);
    if (!other || !last) return;
    const before = Math.max(1, Math.hypot(last.x - other.x, last.y - other.y));
    const after = Math.max(1, Math.hypot(now.x - other.x, now.y - other.y));
    gestures.pan((now.x - last.x) / 2, (now.y - last.y) / 2);
    gestures.zoom(after / before, (now.x + other.x) / 2, (now.y + other.y) / 2);
  };

  const move = (event: PointerEvent) => {
    const now = placeOf(event);
    const last = down.get(event.pointerId);
    if (!last) {
      if (event.pointerType !== 'touch' && event.buttons === 0)
        gestures.hover(isButton(event) ? null : [now.x, now.y]);
      return;
    }
    if (mode === 'pinch') pinch(event.pointerId, now);
    else drag(event, last, now);
    down.set(event.pointerId, now);
  };

  const release = (event: PointerEvent) => {
    if (!down.delete(event.pointerId)) return;
    const place = placeOf(event);
    if (mode === 'draw') gestures.draw(place.x, place.y, 'end');
    else if (mode === 'still' && !onButton && event.type === 'pointerup' && event.button === 0)
      gestures.tap(place.x, place.y, howOf(event));
    // After a pinch the finger that stays does nothing until it is lifted too.
    if (down.size === 0) mode = 'still';
    else mode = 'pinch';
    from = null;
  };

  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    const { x, y } = placeOf(event);
    const step = event.deltaMode === 1 ? 0.05 : event.ctrlKey ? 0.01 : 0.002;
    gestures.zoom(Math.exp(-Math.max(-240, Math.min(240, event.deltaY)) * step), x, y);
  };

  element.addEventListener('pointerdown', press, { signal });
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerup', release, { signal });
  element.addEventListener('pointercancel', release, { signal });
  element.addEventListener('pointerleave', () => gestures.hover(null), { signal });
  element.addEventListener('wheel', wheel, { signal, passive: false });
  const double = (event: MouseEvent) => void (isButton(event) || gestures.doubleTap());
  element.addEventListener('dblclick', double, { signal });
  return () => stop.abort();
}
