// @vitest-environment jsdom
import { createRawSnippet, flushSync, mount, unmount } from 'svelte';
import { beforeAll, expect, it, vi } from 'vitest';
import Dialog from '../../src/ui/Dialog.svelte';

const aTask = () => new Promise((resolve) => setTimeout(resolve, 0));

beforeAll(() => {
  // jsdom has no dialogs; the platform says "close" a task after it closed one
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
    setTimeout(() => this.dispatchEvent(new Event('close')), 0);
  };
});

function opened() {
  const onclose = vi.fn();
  const children = createRawSnippet(() => ({ render: () => '<input type="file" />' }));
  const props = { label: 'Command', onclose, children };
  const component = mount(Dialog, { target: document.body, props });
  flushSync();
  const dialog = document.querySelector('dialog:last-of-type') as HTMLDialogElement; // just mounted
  return { dialog, onclose, leave: () => unmount(component) };
}

it('Escape is told at once and once, and the dialog stays open until it is taken away', async () => {
  const { dialog, onclose, leave } = opened();
  const escape = new Event('cancel', { cancelable: true });
  dialog.dispatchEvent(escape);
  expect([onclose.mock.calls.length, escape.defaultPrevented, dialog.open]).toEqual([
    1,
    true,
    true,
  ]);
  await leave();
  await aTask();
  expect(onclose).toHaveBeenCalledTimes(1);
});

it('a dialog that was taken away closes nothing later: the next one under the same name stays', async () => {
  const first = opened();
  await first.leave();
  await aTask();
  expect(first.onclose).not.toHaveBeenCalled();
});

it('where the platform closes it by itself, that is told', async () => {
  const { dialog, onclose, leave } = opened();
  dialog.close();
  await aTask();
  expect(onclose).toHaveBeenCalledTimes(1);
  await leave();
});

it('the focus goes back to what had it, unless it is elsewhere by then', async () => {
  const [opener, other] = [0, 1].map(() =>
    document.body.appendChild(document.createElement('button')),
  );
  for (const [moves, expected] of [
    [() => {}, opener],
    [() => other!.focus(), other],
  ] as const) {
    opener!.focus();
    const { dialog, leave } = opened();
    dialog.querySelector('input')?.focus();
    moves();
    await leave();
    expect(document.activeElement).toBe(expected);
  }
});

it('a file chooser inside that is cancelled leaves the dialog', async () => {
  const { dialog, onclose, leave } = opened();
  dialog.querySelector('input')?.dispatchEvent(new Event('cancel', { bubbles: true }));
  expect(onclose).not.toHaveBeenCalled();
  await leave();
});
