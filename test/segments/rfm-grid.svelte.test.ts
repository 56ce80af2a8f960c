// @vitest-environment jsdom
import { flushSync } from 'svelte';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { valueWords } from '../../src/features/value-words.ts';
import { matrix } from '../../src/lib/matrix.ts';
import { random } from '../../src/lib/random.ts';
import { cubeIndex, defaultGrid, planOf } from '../../src/segments/methods/rfm-grid.ts';
import { rfmScores, type RfmScores } from '../../src/segments/methods/rfm.ts';
import type { RfmCell } from '../../src/segments/partition.ts';
import { bandWords, facesOf, summaryOf, wholeBox } from '../../src/segments/rfm-face.ts';
import RfmGrid from '../../src/segments/RfmGrid.svelte';
import { feature, tableOf } from '../support/feature-table.ts';
import { button, click, press, show, type } from '../support/show.ts';

const features = [
  feature('recency_days', { label: 'Recency', unit: 'days' }),
  feature('orders', { label: 'Orders', unit: 'count' }),
  feature('spend', { label: 'Spend', unit: 'money' }),
];
const next = random(2);
const raw = matrix(500, 3);
for (let r = 0; r < 500; r++)
  raw.data.set(
    [Math.floor(300 * next()), 1 + Math.floor(9 * next() * next()), Math.floor(100 * next())],
    3 * r,
  );
let scores: RfmScores;
beforeAll(async () => void (scores = await rfmScores(tableOf(raw, { features, spend: 2 }), 5)));

const open = (grid: readonly RfmCell[] | null = null) => {
  const ongrid = vi.fn<(label: string, grid: readonly RfmCell[] | null) => void>();
  const root = show(RfmGrid, { scores, features, grid, ongrid });
  const cell = (r: number, f: number) =>
    root.querySelectorAll('tr')[5 - r]!.querySelectorAll<HTMLElement>('td')[f - 1]!;
  return { root, ongrid, cell };
};
const nameAt = (grid: readonly RfmCell[], r: number, f: number, m: number) => {
  const plan = planOf(grid, 5);
  return plan.names[plan.places[cubeIndex(5, r, f, m)]!];
};
const point = (element: EventTarget, kind: string) => {
  element.dispatchEvent(new MouseEvent(kind, { bubbles: kind !== 'pointerenter', button: 0 }));
  flushSync();
};

describe('the RFM grid', () => {
  it('shows names, customers and spend of each cell, and says them to a screen reader', () => {
    const { root, cell } = open();
    const face = facesOf(scores, planOf(defaultGrid(5), 5), null)[0]![0]!;
    expect(cell(5, 1).getAttribute('aria-label')).toBe(
      `New; recency 5, frequency 1: ${face.customers} customers, spend ${valueWords(face.spend, features[2]!)}`,
    );
    expect(cell(5, 5).textContent).toContain('Champions, Loyal');
    expect(root.querySelectorAll('td')).toHaveLength(25);
    expect(root.querySelectorAll('td[tabindex="0"]')).toHaveLength(1);
  });

  it('a drag extends the segment where it began over the cells it crossed', () => {
    const { cell, ongrid } = open();
    point(cell(5, 1), 'pointerdown');
    point(cell(4, 2), 'pointerenter');
    expect([...document.querySelectorAll('td[aria-selected="true"]')]).toHaveLength(4);
    point(window, 'pointerup');
    const [label, grid] = ongrid.mock.calls[0]!;
    expect(label).toBe('RFM cells to New');
    for (const [r, f] of [
      [5, 1],
      [5, 2],
      [4, 1],
      [4, 2],
    ] as const)
      expect(nameAt(grid!, r, f, 3)).toBe('New');
    expect(nameAt(grid!, 3, 1, 3)).toBe('About to sleep');
    point(cell(5, 5), 'pointerdown');
    point(window, 'pointerup');
    expect(ongrid).toHaveBeenCalledTimes(1);
  });

  it('Shift and arrows mark, Enter extends, Escape lets go, Delete leaves the cells without a name', () => {
    const { root, ongrid } = open();
    const at = () => root.querySelector('td[tabindex="0"]')!;
    press(at(), 'ArrowRight');
    press(at(), 'ArrowUp', { shiftKey: true });
    press(at(), 'ArrowUp', { shiftKey: true });
    expect(root.querySelectorAll('td[aria-selected="true"]')).toHaveLength(3);
    press(at(), 'Escape');
    press(at(), 'Enter');
    expect(ongrid).not.toHaveBeenCalled();
    press(at(), 'ArrowUp', { shiftKey: true });
    press(at(), 'Enter');
    expect(ongrid.mock.calls[0]![0]).toBe('RFM cells to Lost');
    expect(nameAt(ongrid.mock.calls[0]![1]!, 2, 2, 1)).toBe('Lost');
    press(at(), 'Delete');
    expect(nameAt(ongrid.mock.calls[1]![1]!, 1, 2, 1)).toBeUndefined();
  });

  it('cells are named, a name is changed everywhere, and the field’s names come back', () => {
    const own = [{ name: 'Mine', recency: [1, 4], frequency: [1, 5], monetary: [1, 5] }] as const;
    const { root, ongrid } = open(own);
    expect(root.querySelector('[role=status]')!.textContent).toBe('25 cells of 125 have no name.');
    type(root.querySelector('input'), 'Others');
    click(button(root, 'Rename Mine everywhere'));
    expect(ongrid.mock.lastCall).toEqual([
      'Rename Mine to Others',
      [{ ...own[0], name: 'Others' }],
    ]);
    type(root.querySelector('input'), 'Corner');
    root
      .querySelector('form')!
      .dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }));
    expect(nameAt(ongrid.mock.lastCall![1]!, 1, 1, 5)).toBe('Corner');
    expect(nameAt(ongrid.mock.lastCall![1]!, 1, 2, 5)).toBe('Mine');
    click(button(root, 'Back to the field’s names'));
    expect(ongrid.mock.lastCall).toEqual(['The field’s names', null]);
  });

  it('one monetary score is shown and edited by itself', () => {
    const { root, cell, ongrid } = open();
    click(button(root, '5'));
    expect(cell(5, 5).textContent).toContain('Champions');
    expect(cell(5, 5).textContent).not.toContain('Loyal');
    point(cell(5, 5), 'pointerdown');
    point(cell(3, 5), 'pointerenter');
    point(window, 'pointerup');
    const grid = ongrid.mock.calls[0]![1]!;
    expect([nameAt(grid, 3, 5, 5), nameAt(grid, 3, 5, 4)]).toEqual(['Champions', 'Loyal']);
  });

  it('faces add up to everyone, in all scores and one by one, and bands say their ends', () => {
    const plan = planOf(defaultGrid(5), 5);
    const all = summaryOf(scores, wholeBox(5));
    expect(all.customers).toBe(500);
    const sumOf = (slice: number | null) =>
      facesOf(scores, plan, slice)
        .flat()
        .reduce((sum, face) => sum + face.customers, 0);
    expect(sumOf(null)).toBe(500);
    expect([1, 2, 3, 4, 5].reduce((sum, m) => sum + sumOf(m), 0)).toBe(500);
    const edges = { feature: 0, scores: new Uint8Array(), edges: Float64Array.of(90, 30, 30, 12) };
    expect([1, 2, 3, 4, 5].map((s) => bandWords(edges, s, features[0]!, 'recency'))).toEqual([
      '90 and more',
      '30 to under 90',
      'nobody',
      '12 to under 30',
      'under 12',
    ]);
    const orders = { ...edges, edges: Float64Array.of(1, 1, 2, 5) };
    expect([1, 2, 3, 4, 5].map((s) => bandWords(orders, s, features[1]!, 'other'))).toEqual([
      'up to 1',
      'nobody',
      'over 1 to 2',
      'over 2 to 5',
      'over 5',
    ]);
  });
});
