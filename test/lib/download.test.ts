// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { download } from '../../src/lib/download.ts';

const clicked: { href: string; name: string }[] = [];
beforeEach(() => {
  clicked.length = 0;
  vi.useFakeTimers();
  // jsdom has no object addresses and would navigate on click.
  URL.createObjectURL = () => 'blob:here/1';
  URL.revokeObjectURL = vi.fn();
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    clicked.push({ href: this.href, name: this.download });
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('a download is one click on a blob under the given name, and the address is given back', () => {
  download({ name: 'orders-customers.csv', blob: new Blob(['x']) });
  expect(clicked).toEqual([{ href: 'blob:here/1', name: 'orders-customers.csv' }]);
  expect(document.querySelector('a')).toBeNull();
  expect(URL.revokeObjectURL).not.toHaveBeenCalled();
  vi.runAllTimers();
  expect(URL.revokeObjectURL).toHaveBeenCalledWith('blob:here/1');
});
