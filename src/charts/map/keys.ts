/** What a key asks of the map. */
export type KeyWish =
  | { readonly verb: 'step'; readonly dx: number; readonly dy: number }
  | { readonly verb: 'shift'; readonly dx: number; readonly dy: number }
  | { readonly verb: 'zoom'; readonly factor: number }
  | { readonly verb: 'turn'; readonly by: number }
  | { readonly verb: 'walk'; readonly by: number }
  | { readonly verb: 'fit' | 'pick' | 'clear' };

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Reads a key press; null where the map has no use for it (browser shortcuts among them). */
export function wishOf(event: KeyboardEvent): KeyWish | null {
  if (event.ctrlKey || event.metaKey || (event.altKey && event.key !== 'Enter')) return null;
  const arrow = arrows[event.key];
  if (arrow) return { verb: event.shiftKey ? 'shift' : 'step', dx: arrow[0], dy: arrow[1] };
  switch (event.key) {
    case '+':
    case '=':
      return { verb: 'zoom', factor: 1.5 };
    case '-':
    case '_':
      return { verb: 'zoom', factor: 1 / 1.5 };
    case '0':
      return { verb: 'fit' };
    case 'PageDown':
      return { verb: 'turn', by: 1 };
    case 'PageUp':
      return { verb: 'turn', by: -1 };
    case '.':
      return { verb: 'walk', by: 1 };
    case ',':
      return { verb: 'walk', by: -1 };
    case 'Enter':
    case ' ':
      return { verb: 'pick' };
    case 'Escape':
      return { verb: 'clear' };
    default:
      return null;
  }
}

/** A group and where it stands on the screen. */
export type Stop = { readonly group: number; readonly x: number; readonly y: number };

/** The next group in a direction: near and straight ahead first; the same one where there is none. */
export function stepTo(
  stops: readonly Stop[],
  from: number | null,
  [dx, dy]: readonly [number, number],
): number | null {
  const here = stops.find(({ group }) => group === from);
  if (!here) return stops[0]?.group ?? null;
  let best = { group: here.group, cost: Infinity };
  for (const stop of stops) {
    const ahead = (stop.x - here.x) * dx + (stop.y - here.y) * dy;
    const aside = Math.abs((stop.x - here.x) * dy) + Math.abs((stop.y - here.y) * dx);
    if (ahead <= 0.5) continue;
    const cost = ahead + 2.5 * aside;
    if (cost < best.cost) best = { group: stop.group, cost };
  }
  return best.group;
}
