// @vitest-environment jsdom
import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import type { People } from '../../../src/tables/people/find-people.ts';
import PeoplePanel from '../../../src/tables/people/PeoplePanel.svelte';
import ReviewPairs from '../../../src/tables/people/ReviewPairs.svelte';
import { weightWords, type ShownPair } from '../../../src/tables/people/show-pairs.ts';
import { peopleDefaults } from '../../../src/tables/people/types.ts';

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
const button = (root: Element, words: RegExp) =>
  [...root.querySelectorAll('button')].find((each) =>
    words.test(each.textContent ?? each.ariaLabel ?? ''),
  );
const click = (element: Element | undefined) => {
  element?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  flushSync();
};
const press = (root: Element, key: string, more: KeyboardEventInit = {}) => {
  root
    .querySelector('section')
    ?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more }));
  flushSync();
};

const pair = (n: number, more: Partial<ShownPair> = {}): ShownPair => ({
  keys: [`t1:${n}`, `t2:${n}`],
  probability: 0.62,
  household: 0.31,
  held: false,
  reasons: [
    { comparison: 'phone', words: 'phone numbers are the same', weight: 14.2 },
    { comparison: 'given', words: 'first names differ', weight: -6.1 },
  ],
  rows: [
    { label: 'First name', left: `Ann ${n}`, right: 'Bob', state: 'differs' },
    { label: 'Phone', left: '020 7946', right: '0207946', state: 'same' },
    { label: 'City', left: 'Leeds', right: '', state: 'gap' },
  ],
  ...more,
});

it('a pair shows both records, what differs, and what speaks for and against it', () => {
  const root = show(ReviewPairs, { pairs: [pair(1)], total: 7, ondecide: () => {} });
  const text = root.textContent?.replace(/\s+/g, ' ') ?? '';
  expect(text).toContain('62 % likely one person, 31 % two people of one household.');
  expect(text).toContain('7 to decide');
  expect(text).toMatch(/Phone numbers are the same\s*strongly for/);
  expect(text).toMatch(/First names differ\s*against/);
  expect([...root.querySelectorAll('tbody tr')].map((row) => row.className.split(' ')[0])).toEqual([
    'differs',
    'same',
    'gap',
  ]);
  expect(text).not.toContain('Held back');
});

it('a pair is accepted, refused and skipped by button and by key, and keys with Ctrl are left to the browser', () => {
  const ondecide = vi.fn();
  const root = show(ReviewPairs, { pairs: [pair(1), pair(2, { held: true })], total: 2, ondecide });
  click(button(root, /Accept/));
  press(root, 'a');
  press(root, 'R');
  press(root, 'r', { ctrlKey: true });
  expect(ondecide.mock.calls).toEqual([
    [['t1:1', 't2:1'], 'accepted'],
    [['t1:1', 't2:1'], 'accepted'],
    [['t1:1', 't2:1'], 'refused'],
  ]);
  press(root, 's');
  expect(root.textContent).toContain('Ann 2');
  expect(root.textContent).toContain('Held back');
  click(button(root, /Skip/));
  expect(root.textContent).toContain('Only skipped pairs are left');
  press(root, 'a');
  expect(ondecide).toHaveBeenCalledTimes(3);
  click(button(root, /again/));
  expect(root.textContent).toContain('Ann 1');
});

it('with no pair left it says so', () => {
  const root = show(ReviewPairs, { pairs: [], total: 0, ondecide: () => {} });
  expect(root.textContent).toContain('Every pair is decided');
});

const people: People = {
  people: Int32Array.of(0, 1, 0, 2),
  count: 3,
  review: [],
  unsure: 2,
  weights: [
    {
      comparison: 'given',
      words: 'first names are the same',
      same: 0.75,
      different: 0.0001,
      weight: 12.9,
    },
  ],
  learnt: 'pairs',
  pairs: 5,
  linked: 1,
  held: 1,
  split: 1,
  conflicts: 0,
  rounds: 12,
  capped: false,
  baseline: { people: Int32Array.of(0, 1, 2, 3), count: 4 },
  keys: [],
  strays: 0,
};
const tables = [
  {
    id: 't1',
    table: 'raw_t1',
    key: null,
    columns: ['mail', 'name'].map((name) => ({
      name,
      header: name,
      type: 'text' as const,
      role: 'feature',
    })),
  },
];
const props = {
  tables,
  title: () => 'Web shop',
  settings: peopleDefaults,
  fields: [{ table: 't1', column: 'mail', as: 'email' as const }],
  people,
  running: false,
  onsettings: () => {},
  onrun: () => {},
  onreview: () => {},
};

it('the panel says how many people the records are, beside plain rules, and what each field weighs', () => {
  const onreview = vi.fn();
  const root = show(PeoplePanel, { ...props, onreview });
  const text = root.textContent?.replace(/\s+/g, ' ') ?? '';
  expect(text).toContain('4 records → 3 people');
  expect(text).toContain('would make 4.');
  expect(text).toContain('learnt from 5 pairs in 12 rounds');
  expect(text).toContain('1 link was held back');
  expect(text).toMatch(/First names are the same\s*75\.0 %\s*under 0\.1 %\s*12\.9\s*strongly for/);
  click(button(root, /Decide 2 unsure pairs/));
  expect(onreview).toHaveBeenCalledOnce();
});

it('the panel warns where the people are fewer than half of what plain rules make, and where weights were not learnt as usual', () => {
  const words = (more: Partial<People>) =>
    show(PeoplePanel, { ...props, people: { ...people, ...more } }).textContent?.replace(
      /\s+/g,
      ' ',
    ) ?? '';
  const baseline = (count: number) => ({ ...people.baseline, count });
  expect(words({ count: 8, baseline: baseline(150) })).toContain(
    '8 people are fewer than half of the 150 that plain rules would make.',
  );
  expect(words({ count: 75, baseline: baseline(150) })).not.toContain('fewer than half');
  expect(words({})).not.toContain('groups of one name');
  expect(words({ learnt: 'rules' })).toContain(
    'learnt again, starting from the pairs that plain rules put together',
  );
  const expected = words({ learnt: 'expected', rounds: 0 });
  expect(expected).toContain('set aside');
  expect(expected).not.toContain('learnt from 5 pairs');
});

it('the panel gives back changed columns and thresholds, and refuses thresholds that cross', () => {
  const onsettings = vi.fn();
  const root = show(PeoplePanel, { ...props, people: null, onsettings });
  const [link, review] = [...root.querySelectorAll<HTMLInputElement>('input[type=number]')];
  const type = (input: HTMLInputElement | undefined, value: string) => {
    input!.value = value;
    input!.dispatchEvent(new Event('change', { bubbles: true }));
    flushSync();
  };
  type(link, '90');
  expect(onsettings).toHaveBeenLastCalledWith({ ...peopleDefaults, link: 0.9 });
  type(review, '97');
  type(link, '');
  expect(onsettings).toHaveBeenCalledOnce();
  expect([link?.value, review?.value]).toEqual(['95', '50']);
  const kind = root.querySelector<HTMLSelectElement>('select[aria-label="mail is"]')!;
  kind.value = 'phone';
  kind.dispatchEvent(new Event('change', { bubbles: true }));
  expect(onsettings).toHaveBeenLastCalledWith({
    ...peopleDefaults,
    fields: [{ table: 't1', column: 'mail', as: 'phone' }],
  });
  const add = root.querySelector<HTMLSelectElement>('select[aria-label="Compare another column"]')!;
  add.value = '0';
  add.dispatchEvent(new Event('change', { bubbles: true }));
  expect(onsettings).toHaveBeenLastCalledWith({
    ...peopleDefaults,
    fields: [...props.fields, { table: 't1', column: 'name', as: 'full-name' }],
  });
});

it('the panel cannot run while it runs, or without a column', () => {
  const run = (more: object) => button(show(PeoplePanel, { ...props, ...more }), /Find people/);
  expect(run({})?.disabled).toBe(false);
  expect(run({ running: true })?.disabled).toBe(true);
  expect(run({ fields: [] })?.disabled).toBe(true);
});

it('a weight is told in words', () => {
  expect([14, 4, 1, 0.1, -1, -4, -9].map(weightWords)).toEqual([
    'strongly for',
    'for',
    'a little for',
    'says nothing',
    'a little against',
    'against',
    'strongly against',
  ]);
});
