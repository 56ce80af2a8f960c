import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach } from 'vitest';

let mounted: ReturnType<typeof mount>[] = [];
afterEach(async () => {
  await Promise.all(mounted.map((each) => unmount(each)));
  mounted = [];
  document.body.replaceChildren();
});

/** A component in the page until the test ends. */
export function show<Props extends Record<string, unknown>>(
  component: Component<Props>,
  props: Props,
): HTMLElement {
  const target = document.body.appendChild(document.createElement('div'));
  mounted.push(mount(component, { target, props }));
  flushSync();
  return target;
}

export const click = (element: Element | null | undefined): void => {
  element?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  flushSync();
};
export const press = (element: Element, key: string, more: KeyboardEventInit = {}): void => {
  element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more }));
  flushSync();
};
/** Types a value into a field, as `input` and `change` say it. */
export function type(field: Element | null | undefined, value: string): void {
  if (!(
    field instanceof HTMLInputElement ||
    field instanceof HTMLSelectElement ||
    field instanceof HTMLTextAreaElement
  ))
    throw new TypeError('no field to type into');
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
  flushSync();
}
export const button = (root: Element, words: string): HTMLButtonElement | undefined =>
  [...root.querySelectorAll('button')].find(
    (each) =>
      (each.getAttribute('aria-label') ?? each.textContent)?.replace(/\s+/g, ' ').trim() === words,
  );
export const labelled = (root: Element, words: string): Element | null =>
  root.querySelector(`[aria-label="${words}"]`);
