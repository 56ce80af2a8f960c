/** Bars that are brushed, both included. */
export type BrushSpan = { readonly from: number; readonly to: number };
/** Which handle: the lower or the upper end. */
export type Handle = 'low' | 'high';

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/** The span with one end moved to `bar`; the ends push each other rather than cross. */
export function moveEnd(span: BrushSpan, handle: Handle, bar: number, bars: number): BrushSpan {
  const at = clamp(bar, 0, bars - 1);
  return handle === 'low'
    ? { from: at, to: Math.max(at, span.to) }
    : { from: Math.min(at, span.from), to: at };
}

/** The span moved as a whole, kept on the axis. */
export function moveSpan({ from, to }: BrushSpan, by: number, bars: number): BrushSpan {
  const step = clamp(by, -from, bars - 1 - to);
  return { from: from + step, to: to + step };
}

/** What a key on a handle makes of the span: a new one, null (nothing brushed), or undefined where the key means nothing. */
export function brushKey(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  handle: Handle,
  span: BrushSpan | null,
  bars: number,
): BrushSpan | null | undefined {
  if (event.key === 'Escape' || event.key === 'Delete') return null;
  const whole = span ?? { from: 0, to: bars - 1 };
  const now = handle === 'low' ? whole.from : whole.to;
  const step = event.shiftKey ? 5 : 1;
  const places: Readonly<Record<string, number>> = {
    ArrowRight: now + step,
    ArrowUp: now + step,
    ArrowLeft: now - step,
    ArrowDown: now - step,
    PageUp: now + 5,
    PageDown: now - 5,
    Home: 0,
    End: bars - 1,
  };
  const to = places[event.key];
  return to === undefined ? undefined : moveEnd(whole, handle, to, bars);
}
