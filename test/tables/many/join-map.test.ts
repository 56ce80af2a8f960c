// @vitest-environment jsdom
import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { box, lane, layoutJoins } from '../../../src/tables/many/join-layout.ts';
import JoinInspector from '../../../src/tables/many/JoinInspector.svelte';
import JoinMap from '../../../src/tables/many/JoinMap.svelte';
import { planAssembly } from '../../../src/tables/many/plan.ts';
import type { Join, Measured, TypedTable } from '../../../src/tables/many/types.ts';
import type { SourceKind } from '../../../src/tables/types.ts';
import { column } from '../../support/datasets.ts';

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

const table = (
  id: string,
  label: string,
  kind: SourceKind,
  names: readonly string[],
  confidence = 0.9,
): TypedTable => ({
  id,
  table: `raw_${id}`,
  name: `${label}.csv`,
  label,
  kind,
  confidence,
  reason: 'For a reason.',
  rows: 100,
  columns: names.map((name, index) =>
    column(name, 'text', {
      index,
      role: name === 'customer_id' ? 'customer' : name === 'amount' ? 'amount' : 'left-out',
    }),
  ),
});

const measured: Measured = {
  kind: 'many-to-one',
  coverage: 0.98,
  coverageBack: 0.5,
  fanOut: { most: 1, mean: 1 },
  fanOutBack: { most: 9, mean: 2 },
  orphans: 2,
  orphansBack: 50,
  empty: 0,
  emptyBack: 0,
  fit: 0.98,
  fitBack: 0.5,
  keys: 90,
  keysBack: 100,
  shared: 50,
  oneIn: 1,
};
const join = (
  left: string,
  right: string,
  columns: readonly string[],
  more: Partial<Measured> = {},
): Join => ({
  ...measured,
  ...more,
  left: { table: left, columns },
  right: { table: right, columns },
  confidence: 0.9,
  reason: 'Both are called so.',
  isGiven: false,
  folded: false,
  offer: null,
});

const tables = [
  table('t1', 'customers', 'customers', ['customer_id', 'city']),
  table('t2', 'orders', 'transactions', ['order_id', 'customer_id', 'amount']),
  table('t3', 'payments', 'payments', ['order_id', 'value']),
  table('t4', 'weather', 'other', ['station'], 0.4),
];
const toCustomers = join('t2', 't1', ['customer_id']);
const toPayments = join('t2', 't3', ['order_id'], {
  kind: 'many-to-many',
  fanOut: { most: 19, mean: 1.5 },
});
const joins = [toCustomers, toPayments];
const given = () => ({
  tables,
  joins,
  assembly: planAssembly(tables, joins, {}),
  picked: null,
  onpick: vi.fn(),
  onuse: vi.fn(),
  onkind: vi.fn(),
  onspine: vi.fn(),
  onconnect: vi.fn(),
});
const click = (element: Element | null | undefined) => {
  element?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  flushSync();
};
const labelled = (root: Element, start: string) =>
  [...root.querySelectorAll('[aria-label]')].find((each) =>
    each.getAttribute('aria-label')?.startsWith(start),
  );
const change = (element: Element | null | undefined, value: number) => {
  (element as HTMLSelectElement).selectedIndex = value; // found by its label
  element?.dispatchEvent(new Event('change', { bubbles: true }));
  flushSync();
};

describe('the map of joins', () => {
  it('says in words what it shows: tables, joins, how well they fit, and what would multiply', () => {
    const root = show(JoinMap, given());
    expect(labelled(root, 'Tables and their joins')?.getAttribute('aria-label')).toBe(
      'Tables and their joins: 4 tables, 2 joins, 1 used',
    );
    expect(
      labelled(root, 'orders.order_id = payments.order_id')?.getAttribute('aria-label'),
    ).toContain(
      'up to 19 rows of payments, 1.50 on average: joined as they are, rows would be multiplied.',
    );
    expect(labelled(root, 'orders.customer_id')?.textContent?.trim()).toBe('98 %');
    expect(labelled(root, 'orders.order_id')?.textContent?.replace(/\s+/g, ' ').trim()).toBe(
      '98 % ×19',
    );
    expect((labelled(root, 'Use orders.customer_id') as HTMLInputElement).checked).toBe(true);
    expect((labelled(root, 'Use orders.order_id') as HTMLInputElement).checked).toBe(false);
  });

  it('a join is used or left out at its line, and picked to be looked at', () => {
    const props = given();
    const root = show(JoinMap, props);
    click(labelled(root, 'Use orders.order_id'));
    expect(props.onuse).toHaveBeenCalledWith(toPayments, true);
    click(labelled(root, 'orders.customer_id'));
    expect(props.onpick).toHaveBeenCalledWith(toCustomers);
  });

  it('what a table is can be changed, and whose rows count', () => {
    const props = given();
    const root = show(JoinMap, props);
    const kind = labelled(root, 'What a row of weather is');
    expect((kind as HTMLSelectElement).selectedOptions[0]?.textContent).toBe('Other?');
    change(kind, 4);
    expect(props.onkind).toHaveBeenCalledWith('t4', 'events');
    click(labelled(root, 'Rows of customers'));
    expect(props.onspine).toHaveBeenCalledWith('t1');
  });

  it('two columns are connected by two lists and a button, but not two of one table', () => {
    const props = given();
    const root = show(JoinMap, props);
    const form = labelled(root, 'Connect two columns')!;
    const [left, right] = [...form.querySelectorAll('select')];
    const button = form.querySelector('button')!;
    const at = (name: string, nth: number) =>
      [...left!.options].flatMap((option, i) => (option.textContent === name ? [i] : []))[nth]!;
    expect(button.disabled).toBe(true);
    change(left, at('customer_id', 0));
    change(right, at('city', 0));
    expect([button.disabled, form.querySelector('[role=alert]')?.textContent]).toEqual([
      true,
      'Choose columns of two different tables.',
    ]);
    change(right, at('station', 0));
    click(button);
    expect(props.onconnect).toHaveBeenCalledWith(
      { table: 't1', columns: ['customer_id'] },
      { table: 't4', columns: ['station'] },
    );
  });

  it('boxes and marks never overlap, and each line ends at its tables, for a full house', () => {
    const many = Array.from({ length: 14 }, (_, i) =>
      table(`t${i}`, `table_${i}`, 'other', ['a', 'b', 'c', 'd', 'e']),
    );
    const links = many.flatMap((_, i) =>
      [2 * i + 1, 2 * i + 2, i + 3].flatMap((to, n) =>
        to < 12 ? [join(`t${i}`, `t${to}`, ['abc'[n]!])] : [],
      ),
    );
    const { boxes, lines, width, height } = layoutJoins(many, links, 't0');
    expect([boxes.length, lines.length]).toEqual([14, links.length]);
    const areas = [
      ...boxes.map(({ x, y, height: tall }) => ({ x, y, w: box.width, h: tall })),
      ...lines.map(({ x, y }) => ({ x: x - 50, y: y - 14, w: 100, h: 28 })),
    ];
    const overlaps = areas.flatMap((a, i) =>
      areas
        .slice(i + 1)
        .filter((b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h),
    );
    expect(overlaps).toEqual([]);
    expect(
      areas.every(({ x, y, w, h }) => x >= 0 && y >= 0 && x + w <= width && y + h <= height),
    ).toBe(true);
    const xOf = (id: string) => boxes.find((each) => each.table.id === id)!.x;
    expect(
      lines.every(
        ({ join: { left, right } }) =>
          Math.abs(xOf(left.table) - xOf(right.table)) <= box.width + lane.width,
      ),
    ).toBe(true);
  });
});

describe('the inspector of a join', () => {
  it('tells coverage both ways and asks for the rows without a partner', () => {
    const onorphans = vi.fn();
    const onuse = vi.fn();
    const root = show(JoinInspector, {
      tables,
      join: toCustomers,
      used: true,
      orphans: null,
      onuse,
      onfold: vi.fn(),
      onorphans,
    });
    expect([...root.querySelectorAll('meter')].map((meter) => meter.value)).toEqual([0.98, 0.5]);
    const buttons = [...root.querySelectorAll('button')];
    expect(buttons.map((each) => each.textContent)).toEqual([
      'Show the 2 rows without a partner',
      'Show the 50 rows without a partner',
    ]);
    click(buttons[1]);
    expect(onorphans).toHaveBeenCalledWith(toCustomers, 'right');
    click(root.querySelector('input'));
    expect(onuse).toHaveBeenCalledWith(toCustomers, false);
  });

  it('offers to pass over capitals and spaces, with what that would find', () => {
    const onfold = vi.fn();
    const offer = { kind: 'many-to-one', coverage: 0.97, coverageBack: 1 } as const;
    const join = { ...toCustomers, offer };
    const more = { tables, join, used: false, orphans: null, onuse: vi.fn(), onorphans: vi.fn() };
    const root = show(JoinInspector, { ...more, onfold });
    expect(root.textContent).toContain('Without regard to capitals and spaces 97');
    const boxes = [...root.querySelectorAll('input')];
    expect(boxes.map(({ checked }) => checked)).toEqual([false, false]);
    click(boxes[1]);
    expect(onfold).toHaveBeenCalledWith(join, true);
  });

  it('shows those rows with their lines, and warns of a join that would multiply', () => {
    const orphans = {
      of: 'left' as const,
      headers: ['order_id'],
      rows: [['B4'], ['']],
      lines: [5, 1001],
    };
    const root = show(JoinInspector, {
      tables,
      join: toPayments,
      used: true,
      orphans,
      onuse: vi.fn(),
      onfold: vi.fn(),
      onorphans: vi.fn(),
    });
    expect([...root.querySelectorAll('tbody td')].map((cell) => cell.textContent)).toEqual([
      '5',
      'B4',
      '1,001',
      '',
    ]);
    expect(root.querySelector('.warn')?.textContent).toContain(
      'The first row in its file is taken for each',
    );
  });
});
