import type { Attachment } from 'svelte/attachments';

/** Tells an element's inner size in CSS pixels, now and whenever it changes; once only where sizes cannot be watched. */
export function watchSize(
  onsize: (width: number, height: number) => void,
): Attachment<HTMLElement> {
  return (element) => {
    const measure = () => onsize(element.clientWidth, element.clientHeight);
    measure();
    if (!('ResizeObserver' in globalThis)) return;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  };
}
