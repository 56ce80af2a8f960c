// @vitest-environment jsdom
import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import ColumnQuality from '../../../src/tables/quality/ColumnQuality.svelte';
import QualityPanel from '../../../src/tables/quality/QualityPanel.svelte';
import type { Fix, FixEffect, Flaw } from '../../../src/tables/quality/types.ts';

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
  [...root.querySelectorAll('button')].find((each) => each.textContent?.trim() === words)!;
const click = async (element: Element) => {
  element.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  await new Promise((resolve) => setTimeout(resolve));
  flushSync();
};

const fix: Fix = { kind: 'merge-values', column: 'country', from: ['U.K.'], to: 'UK' };
const flaw: Flaw = {
  code: 'spellings',
  table: 'raw',
  column: 'country',
  rows: 2,
  share: 0.2,
  severity: 'check',
  words: '2 cells of “country” are spelled in another way.',
  where: { is: 'values', column: 'country', values: ['U.K.'] },
  fixes: [{ fix, label: 'Write “U.K.” as “UK”' }],
};
const effect = (of: Fix, more: Partial<FixEffect> = {}): FixEffect => ({
  fix: of,
  problem: null,
  rowsBefore: 10,
  rowsAfter: 10,
  rowsDropped: 0,
  rowsChanged: 2,
  cellsChanged: 2,
  gapsBefore: 0,
  gapsAfter: 0,
  sumBefore: null,
  sumAfter: null,
  examples: [],
  ...more,
});
const props = {
  flaws: null,
  headers: ['customer', 'country'],
  fixes: [],
  effects: [],
  oncheck: vi.fn(),
  onfix: vi.fn(),
  onremove: vi.fn(),
  rowsOf: async () => [
    { row: 3, cells: ['C1', 'U.K.'] },
    { row: 7, cells: ['C2', 'U.K.'] },
  ],
  effectOf: async (of: Fix) => effect(of),
};

it('the panel looks only when asked, and "nothing" is an answer', async () => {
  const root = show(QualityPanel, props);
  expect(root.textContent).toMatch(/Nothing is\s+changed by looking/);
  await click(button(root, 'Look at the data'));
  expect(props.oncheck).toHaveBeenCalledOnce();
  expect(
    show(QualityPanel, { ...props, flaws: [] }).querySelector('[role=status]')?.textContent,
  ).toContain('Nothing odd was found');
});

it('a finding shows its rows, and each fix what it would do before it is done', async () => {
  const root = show(QualityPanel, { ...props, flaws: [flaw] });
  expect(root.textContent).toContain('1 finding, 1 to look at');
  await click(button(root, 'Look'));
  expect(
    [...root.querySelectorAll('tbody tr')].map((row) =>
      row.textContent?.trim().replace(/\s+/g, ' '),
    ),
  ).toEqual(['3C1U.K.', '7C2U.K.']);
  expect(root.querySelectorAll('td.of')[0]?.textContent).toBe('U.K.');
  await click(button(root, 'Fix'));
  expect(root.textContent).toContain('2 cells change.');
  await click(button(root, 'Write “U.K.” as “UK”'));
  expect(props.onfix).toHaveBeenCalledWith(fix);
});

it('applied fixes stand in their order with their effect, and can be removed', async () => {
  const copies: Fix = { kind: 'drop-duplicates', by: 'all' };
  const gone: Fix = { kind: 'leave-out', column: 'town' };
  const effects = [
    effect(fix),
    effect(copies, { rowsDropped: 3, rowsAfter: 7, cellsChanged: 0 }),
    effect(gone, { problem: 'There is no column “town” here, so this step does nothing.' }),
  ];
  const root = show(QualityPanel, { ...props, flaws: [], fixes: [fix, copies, gone], effects });
  const said = [...root.querySelectorAll('ol li')].map((item) =>
    item.textContent?.replace(/\s+/g, ' ').trim(),
  );
  expect(said[0]).toContain('1. country: “U.K.” becomes “UK”. 2 cells change.');
  expect(said[1]).toContain('2. Of equal rows the first stays. 3 rows dropped: 10 → 7.');
  expect(said[2]).toContain('does nothing');
  await click(root.querySelector('[aria-label^="Remove fix 2"]')!);
  expect(props.onremove).toHaveBeenCalledWith(1);
});

it('a failed count is an alert and not silence', async () => {
  const root = show(QualityPanel, {
    ...props,
    flaws: [flaw],
    rowsOf: () => Promise.reject(new Error('gone')),
    effectOf: props.effectOf,
  });
  await click(button(root, 'Look'));
  expect(root.querySelector('[role=alert]')?.textContent).toContain('gone');
});

it('the inspector draws the spread with what lies far out', async () => {
  const onlook = vi.fn();
  const counts = [5, 9, 4, 2];
  const shape = {
    edges: [0, 10, 20, 30, 900],
    counts,
    far: [0, 0, 0, 2],
    under: false,
    over: true,
    filled: 20,
    gaps: 1,
    distinct: 12,
  };
  const column = { name: 'price', header: 'Price', type: 'number' as const };
  const root = show(ColumnQuality, {
    column,
    rows: 21,
    gaps: 1,
    distinct: 12,
    shape,
    flaws: [{ ...flaw, column: 'price' }],
    onlook,
  });
  expect(root.textContent).toContain('2 values lie far out');
  expect(root.querySelector('svg')?.getAttribute('aria-label')).toContain(
    '20 values, most in 10 to 20; 2 selected',
  );
  await click(button(root, 'See rows'));
  expect(onlook).toHaveBeenCalledOnce();
});
