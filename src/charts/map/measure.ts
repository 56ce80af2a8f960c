let context: CanvasRenderingContext2D | null | undefined;

/** Width of `text` in CSS pixels, in the labels' type (600 12 px in `font`); an estimate where there is no canvas. */
export function textWidth(text: string, font: string): number {
  if (context === undefined)
    context =
      'CanvasRenderingContext2D' in globalThis
        ? document.createElement('canvas').getContext('2d')
        : null;
  if (!context) return Math.round(text.length * 6.8);
  context.font = `600 12px ${font}`;
  return Math.ceil(context.measureText(text).width);
}
