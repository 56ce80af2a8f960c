// @vitest-environment jsdom
import { flushSync, tick } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { matrix } from '../../src/lib/matrix.ts';
import { layerOf, newLayer, usualLayers, withFeature } from '../../src/segments/layer-edit.ts';
import LayerPicker from '../../src/segments/LayerPicker.svelte';
import type { TypedHolds } from '../../src/segments/methods/rules.ts';
import type { Layer, SegmentRule } from '../../src/segments/partition.ts';
import { moved, newRule, startOf, withOperator } from '../../src/segments/rule-edit.ts';
import RuleBuilder from '../../src/segments/RuleBuilder.svelte';
import { ruleSql } from '../../src/segments/rules.sql.ts';
import { feature, tableOf } from '../support/feature-table.ts';
import { button, click, labelled, show, type } from '../support/show.ts';

const features = [
  feature('orders', { label: 'Orders', unit: 'count' }),
  feature('recency_days', { label: 'Recency', unit: 'days' }),
  feature('kind', { label: 'Kind', categories: ['red', "O'Brien"] }),
];
const table = tableOf(
  matrix(10, 3, Float32Array.from(Array.from({ length: 10 }, (_, r) => [r, 10 * r, r % 2]).flat())),
  { features },
);
const often: SegmentRule = {
  name: 'Often',
  when: { all: [{ feature: 'orders', is: 'at-least', value: 6 }] },
};
const red: SegmentRule = {
  name: 'Red',
  when: { any: [{ feature: 'kind', is: 'one-of', values: ['red'] }] },
};
const typedRule: SegmentRule = { name: 'Typed', when: { sql: 'orders > 8' } };

/** The builder as its owner keeps it: every change is shown again. */
function open(
  start: readonly SegmentRule[],
  typed: TypedHolds = [],
  refused: (string | null)[] = [],
) {
  const props = $state({
    input: table,
    rules: start,
    typed,
    refused,
    sql: ruleSql(table, start),
    onrules: (rules: readonly SegmentRule[]) => {
      props.rules = rules;
      props.sql = ruleSql(table, rules);
    },
  });
  return { root: show(RuleBuilder, props), props };
}
const words = (root: Element) => root.textContent!.replace(/\s+/g, ' ');

describe('the rule builder', () => {
  it('counts as one edits: what each rule takes, what rules before it took, and the rest', () => {
    const { root } = open([often, red]);
    expect(words(root)).toContain('4 customers, 40.0 %');
    expect(words(root)).toContain(
      '3 customers, 30.0 %; it holds for 5, of whom 2 are with rules before it',
    );
    expect(words(root)).toContain('No rule holds for 3 customers, 30.0 %.');
    type(labelled(root, 'Value'), '9');
    expect(words(root)).toContain('1 customer, 10.0 %');
    expect(words(root)).toContain('5 customers, 50.0 %');
  });

  it('rules are added, named, moved with the focus on them, and removed', async () => {
    const { root, props } = open([often, red]);
    click(button(root, 'Add a rule'));
    expect(props.rules[2]).toEqual({
      name: 'Rule 3',
      when: { all: [{ feature: 'orders', is: 'at-least', value: 0 }] },
    });
    type(labelled(root, 'Name of rule 3'), 'Everyone');
    click(button(root, 'Move Everyone up'));
    await tick();
    flushSync();
    expect(props.rules.map(({ name }) => name)).toEqual(['Often', 'Everyone', 'Red']);
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Move Everyone up');
    click(document.activeElement);
    await tick();
    expect(props.rules[0]!.name).toBe('Everyone');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Move Everyone down');
    click(button(root, 'Remove Often'));
    expect(props.rules.map(({ name }) => name)).toEqual(['Everyone', 'Red']);
    type(labelled(root, 'Name of rule 1'), ' ');
    expect(root.querySelector('[role=alert]')!.textContent).toBe('A rule needs a name.');
  });

  it('conditions take any feature, operators that fit it, words by their boxes', () => {
    const { root, props } = open([often]);
    const condition = () => ('all' in props.rules[0]!.when ? props.rules[0]!.when.all : []);
    type(labelled(root, 'Operator'), 'between');
    type(labelled(root, 'To'), '7');
    expect(condition()).toEqual([{ feature: 'orders', is: 'between', low: 6, high: 7 }]);
    click(button(root, 'Add a condition'));
    type(root.querySelectorAll('[aria-label="Feature"]')[1], 'kind');
    const boxes = root.querySelectorAll<HTMLInputElement>('input[type=checkbox]');
    expect(boxes).toHaveLength(2);
    click(boxes[1]);
    expect(condition()[1]).toEqual({ feature: 'kind', is: 'one-of', values: ["O'Brien"] });
    expect(words(root)).toContain('1 customer, 10.0 %');
    type(labelled(root, 'From'), '');
    expect(root.querySelector('[role=alert]')!.textContent).toBe(
      'Orders needs a number to compare with.',
    );
    click(button(root, 'Remove condition 1 of Often'));
    expect(condition()).toHaveLength(1);
  });

  it('shows the SQL, and turns conditions into SQL and back as long as the text stays', () => {
    const { root, props } = open([often]);
    expect(root.querySelector('pre')!.textContent).toBe(
      `CASE\n  WHEN ("orders" >= (6)::FLOAT) THEN 'Often'\nEND`,
    );
    type(labelled(root, 'How rule 1 is told'), 'sql');
    expect(props.rules[0]!.when).toEqual({ sql: '"orders" >= 6' });
    type(labelled(root, 'How rule 1 is told'), 'any');
    expect(props.rules[0]!.when).toEqual({
      any: [{ feature: 'orders', is: 'at-least', value: 6 }],
    });
    type(labelled(root, 'How rule 1 is told'), 'sql');
    type(root.querySelector('textarea'), 'orders > 1; DROP TABLE orders');
    expect(words(root)).toContain(
      'It must be one condition: a semicolon would begin another statement.',
    );
    type(labelled(root, 'How rule 1 is told'), 'all');
    expect(props.rules[0]!.when).toEqual({ all: [] });
  });

  it('counts SQL by what the database says, and says why it was refused', () => {
    const holds = Uint8Array.from({ length: 10 }, (_, r) => Number(r > 8));
    expect(words(open([typedRule], [holds]).root)).toContain('1 customer, 10.0 %');
    const { root } = open([typedRule], [null], ['There is no column x.']);
    expect(words(root)).toContain('0 customers');
    expect(root.querySelector('[role=alert]')!.textContent).toBe('There is no column x.');
  });
});

describe('editing', () => {
  it('moves within the list, names apart, and keeps what fits', () => {
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
    expect(newRule([{ ...often, name: 'Rule 2' }], features).name).toBe('Rule 3');
    expect(newRule([], []).when).toEqual({ all: [] });
    expect(startOf(features[2]!, 'at-most')).toEqual({ feature: 'kind', is: 'one-of', values: [] });
    expect(withOperator({ feature: 'a', is: 'between', low: 1, high: 5 }, 'at-most')).toEqual({
      feature: 'a',
      is: 'at-most',
      value: 5,
    });
    expect(withOperator({ feature: 'a', is: 'one-of', values: ['x'] }, 'none-of')).toEqual({
      feature: 'a',
      is: 'none-of',
      values: ['x'],
    });
  });
});

describe('the layer picker', () => {
  const layers: Layer[] = [
    { name: 'Habit', features: ['orders'], k: null },
    { name: 'Taste', features: [], k: 3 },
  ];

  it('puts each feature in one layer or none, and layers get names and numbers of groups', () => {
    const onlayers = vi.fn<(layers: readonly Layer[]) => void>();
    const root = show(LayerPicker, {
      layers,
      features: [...features, feature('hidden', { used: false })],
      onlayers,
    });
    expect(root.querySelectorAll('tbody tr')).toHaveLength(3);
    type(labelled(root, 'Layer of Orders'), '1');
    expect(onlayers.mock.lastCall![0].map((each) => each.features)).toEqual([[], ['orders']]);
    type(labelled(root, 'Layer of Kind'), '0');
    expect(onlayers.mock.lastCall![0][0]!.features).toEqual(['orders', 'kind']);
    type(labelled(root, 'Layer of Orders'), '-1');
    expect(onlayers.mock.lastCall![0].map((each) => each.features)).toEqual([[], []]);
    type(root.querySelectorAll('input[type=number]')[0], '99');
    expect(onlayers.mock.lastCall![0][0]!.k).toBe(12);
    type(root.querySelectorAll('input[type=number]')[1], '');
    expect(onlayers.mock.lastCall![0][1]!.k).toBeNull();
    type(labelled(root, 'Name of layer 2'), 'Mornings');
    expect(onlayers.mock.lastCall![0][1]!.name).toBe('Mornings');
    click(button(root, 'Remove layer Habit'));
    expect(onlayers.mock.lastCall![0]).toEqual([layers[1]]);
    click(button(root, 'Add a layer'));
    expect(onlayers.mock.lastCall![0][2]).toEqual({ name: 'Layer 3', features: [], k: null });
  });

  it('starts from how features of orders are usually told apart', () => {
    const all = ['orders', 'spend', 'discount_share', 'morning_share', 'city'].map((name) =>
      feature(name),
    );
    const made = usualLayers([...all, feature('products', { used: false })]);
    expect(made.map(({ name, features: own }) => [name, own])).toEqual([
      ['Habit', ['orders', 'spend']],
      ['Price', ['discount_share']],
      ['Timing', ['morning_share']],
      ['About them', ['city']],
    ]);
    expect(usualLayers([])).toEqual([]);
    expect(layerOf(withFeature(made, 'city', 0), 'city')).toBe(0);
    expect(newLayer([{ name: 'Layer 2', features: [], k: null }]).name).toBe('Layer 3');
  });
});
