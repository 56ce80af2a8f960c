import { tick } from 'svelte';

/** For an element that comes in the place of what was pressed: it takes the focus that went with it, and is brought into sight. Others keep theirs. */
export function takeLostFocus(element: HTMLElement): void {
  void tick().then(() => {
    if (document.activeElement !== document.body) return;
    element.focus({ preventScroll: true });
    element.scrollIntoView?.({ block: 'nearest' }); // jsdom has none
  });
}
