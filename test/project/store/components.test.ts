// @vitest-environment jsdom
import { flushSync, mount, unmount, type Component, type ComponentProps } from 'svelte';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { TesseraError } from '../../../src/lib/errors.ts';
import PassphraseDialog from '../../../src/project/PassphraseDialog.svelte';
import ProjectDamage from '../../../src/project/ProjectDamage.svelte';
import ProjectMenu from '../../../src/project/ProjectMenu.svelte';
import RecentProjects from '../../../src/project/RecentProjects.svelte';
import { savedWords } from '../../../src/project/store/words.ts';
import { at } from './kit.ts';

beforeAll(() => {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true; // jsdom has no modal dialogs
  };
  HTMLDialogElement.prototype.close = () => {};
});
let mounted: ReturnType<typeof mount>[] = [];
function show<Props extends Record<string, unknown>>(
  component: Component<Props>,
  props: Props,
): HTMLElement {
  const target = document.body.appendChild(document.createElement('div'));
  mounted.push(mount(component, { target, props }));
  flushSync();
  return target;
}
afterEach(async () => {
  await Promise.all(mounted.map((each) => unmount(each)));
  mounted = [];
  document.body.replaceChildren();
});
const button = (root: Element, words: string) =>
  [...root.querySelectorAll('button')].find(
    (each) => (each.getAttribute('aria-label') ?? each.textContent?.trim()) === words,
  );
const click = (element: HTMLElement | undefined) => {
  if (!element) throw new Error('there is no such thing to click');
  element.click();
  flushSync();
};
const type = (input: Element | null, value: string) => {
  (input as HTMLInputElement).value = value;
  input?.dispatchEvent(new Event('input', { bubbles: true }));
  flushSync();
};

const menu = (more: Partial<ComponentProps<typeof ProjectMenu>> = {}) => ({
  name: 'Coffee',
  saved: 'saved' as const,
  words: 'Saved',
  keeping: 'No backup yet',
  others: [{ id: 'p2', name: 'Phones' }],
  ...Object.fromEntries(
    ['rename', 'duplicate', 'export', 'remove', 'switch', 'new', 'retry', 'takeover'].map(
      (verb) => [`on${verb}`, vi.fn()],
    ),
  ),
  ...more,
});
type MenuProps = ComponentProps<typeof ProjectMenu>;

it('the menu renames, switches and says whether the project is saved', () => {
  const props = menu() as MenuProps;
  const root = show(ProjectMenu, props);
  expect(root.querySelector('[role=status]')?.textContent).toBe('Saved');
  const trigger = root.querySelector<HTMLElement>('button[aria-expanded]')!;
  expect(trigger.getAttribute('aria-expanded')).toBe('false');
  click(trigger);
  expect(trigger.getAttribute('aria-expanded')).toBe('true');
  type(root.querySelector('input'), '  Coffee chain ');
  root.querySelector('form')?.dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
  expect(props.onrename).toHaveBeenCalledWith('Coffee chain');
  flushSync();
  click(trigger);
  click(button(root, 'Phones'));
  expect(props.onswitch).toHaveBeenCalledWith('p2');
  expect(trigger.getAttribute('aria-expanded')).toBe('false');
  expect(document.activeElement).toBe(trigger);
});

it('a tab that may not write is offered to take over, and nothing that writes', () => {
  const words = savedWords('read-only', null);
  const props = menu({ saved: 'read-only', words }) as MenuProps;
  const root = show(ProjectMenu, props);
  click(root.querySelector<HTMLElement>('button[aria-expanded]')!);
  expect(root.textContent).toContain('another tab has this project open');
  expect(button(root, 'Rename')).toBeUndefined();
  expect(button(root, 'Move to the bin')).toBeUndefined();
  click(button(root, 'Take over'));
  expect(props.ontakeover).toHaveBeenCalled();
});

it('a save that failed says why and can be tried again', () => {
  const words = savedWords('failed', new TesseraError('store-full', 'needs 3 MB more'));
  const props = menu({ saved: 'failed', words }) as MenuProps;
  const root = show(ProjectMenu, props);
  click(root.querySelector<HTMLElement>('button[aria-expanded]')!);
  expect(root.textContent).toContain('no room left');
  click(button(root, 'Try again'));
  expect(props.onretry).toHaveBeenCalled();
});

const listed = (id: string, name: string, removedAt: string | null = null) => ({
  id,
  name,
  changedAt: at(0),
  removedAt,
  backedUpAt: null,
  blobs: [],
  state: 'whole' as const,
  generation: 1,
  bytes: 46_000_000,
});

it('projects open, go to the bin and come back; for ever is asked twice', () => {
  const calls = Object.fromEntries(
    ['open', 'remove', 'restore', 'purge', 'import', 'dismiss'].map((v) => [`on${v}`, vi.fn()]),
  ) as unknown as Pick<
    ComponentProps<typeof RecentProjects>,
    'onopen' | 'onremove' | 'onrestore' | 'onpurge' | 'onimport' | 'ondismiss'
  >;
  const root = show(RecentProjects, {
    ...calls,
    projects: [
      listed('p1', 'Coffee'),
      { ...listed('p2', 'Phones'), state: 'older' as const },
      { id: 'p3', state: 'unreadable' as const, name: 'Shop' },
    ],
    bin: [listed('p4', 'Old one', at(0))],
    now: at(3 * 24 * 60),
    keeping: '46 MB of 2 GB used',
    error: new TesseraError('project-elsewhere', 'It is open in another tab.'),
  });
  expect(root.textContent).toContain('46 MB · No backup yet');
  expect(root.textContent).toContain('27 days left');
  expect(root.textContent).toContain('neither of its two saved states is whole');
  expect(root.textContent).toContain('the one before it is whole');
  expect(root.querySelector('[role=alert]')?.textContent).toContain('Another tab writes');
  click(button(root, 'Open the project Coffee'));
  click(button(root, 'Move Coffee to the bin'));
  click(button(root, 'Take Old one back'));
  click(button(root, 'Delete Old one for ever'));
  expect(calls.onpurge).not.toHaveBeenCalled();
  click(button(root, 'Delete “Old one” for ever'));
  expect(
    [calls.onopen, calls.onremove, calls.onrestore, calls.onpurge].map(
      (call) => vi.mocked(call).mock.calls,
    ),
  ).toEqual([[['p1']], [['p1']], [['p4']], [['p4']]]);
});

it('an export is locked only with a passphrase that was typed twice', () => {
  const ongive = vi.fn();
  const root = show(PassphraseDialog, {
    mode: 'export' as const,
    dataBytes: 46_000_000,
    ongive,
    onclose: () => {},
  });
  const submit = () =>
    root.querySelector('form')?.dispatchEvent(new SubmitEvent('submit', { cancelable: true }));
  submit();
  expect(ongive).toHaveBeenLastCalledWith({ passphrase: null, data: true });
  const [data, lock] = root.querySelectorAll<HTMLInputElement>('input[type=checkbox]');
  click(data);
  click(lock);
  const [one, two] = root.querySelectorAll('input[type=password]');
  type(one!, 'short');
  expect(root.textContent).toContain('at least 8');
  type(one!, 'long enough');
  type(two!, 'long enouhg');
  expect(root.textContent).toContain('not the same');
  submit();
  expect(ongive).toHaveBeenCalledTimes(1);
  type(two!, 'long enough');
  submit();
  expect(ongive).toHaveBeenLastCalledWith({ passphrase: 'long enough', data: false });
});

it('a wrong passphrase is one clear error', () => {
  const root = show(PassphraseDialog, {
    mode: 'open' as const,
    error: new TesseraError('passphrase-wrong', 'Nothing was opened.'),
    ongive: () => {},
    onclose: () => {},
  });
  expect(root.querySelectorAll('[role=alert]')).toHaveLength(1);
  expect(root.querySelector('[role=alert]')?.textContent).toContain('does not open this file');
});

it('damage is named with what is whole, and nothing happens by itself', () => {
  const onaccept = vi.fn();
  const root = show(ProjectDamage, {
    damage: { slot: 'b' as const, lost: 'newest' as const },
    name: 'Coffee',
    changedAt: at(0),
    onaccept,
    onimport: () => {},
  });
  expect(root.querySelector('[role=alert]')?.textContent).toMatch(
    /state saved last of “Coffee” is damaged.*is whole.*Nothing was overwritten/s,
  );
  expect(onaccept).not.toHaveBeenCalled();
  click([...root.querySelectorAll('button')][0]);
  expect(onaccept).toHaveBeenCalledOnce();
});
