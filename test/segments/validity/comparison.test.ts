// @vitest-environment jsdom
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import RunComparison from '../../../src/segments/RunComparison.svelte';
import { compareRuns, type Run } from '../../../src/segments/validity/compare-runs.ts';
import { bestIn, runColumns } from '../../../src/segments/validity/run-columns.ts';
import { matrix } from '../../../src/lib/matrix.ts';
import { noise, planted } from '../../support/blobs.ts';

const { x, truth } = planted({ rows: 300, cols: 3, groups: 3, apart: 8 }, 5);
const run = (name: string, labels: ArrayLike<number>, more: Partial<Run> = {}): Run => ({
  name,
  labels,
  milliseconds: null,
  stability: null,
  structure: null,
  ...more,
});
const runs = [
  run('as planted', truth, { milliseconds: 1250 }),
  run(
    'two joined',
    truth.map((label) => Math.min(label, 1)),
    { milliseconds: 40 },
  ),
  run(
    'some left out',
    truth.map((label, r) => (r % 10 === 0 ? -1 : label)),
  ),
  run(
    'at random',
    truth.map((_, r) => (r * 7) % 3),
  ),
];
const column = (label: string) => runColumns.find((each) => each.label === label)!;

describe('methods side by side', () => {
  it('are measured on the same customers, and agree as far as they do', async () => {
    const { lines, ari, ami } = await compareRuns(x, runs, { seed: 1 });
    expect(lines.map(({ groups }) => groups)).toEqual([3, 2, 3, 3]);
    expect(lines.map(({ noise }) => noise)).toEqual([0, 0, 0.1, 0]);
    for (const label of ['Silhouette', 'Davies–Bouldin', 'Density validity', 'Calinski–Harabasz']) {
      const best = [...bestIn(column(label), lines)];
      expect([[0], [2]], label).toContainEqual(best);
      expect(best).not.toContain(3);
    }
    expect(ari.map((line, i) => line[i])).toEqual([1, 1, 1, 1]);
    expect(ari[0]![1]).toBe(ari[1]![0]);
    expect(ari[0]![2]!).toBeGreaterThan(ari[0]![1]!);
    expect(Math.abs(ari[0]![3]!)).toBeLessThan(0.05);
    expect(Math.abs(ami[0]![3]!)).toBeLessThan(0.05);
    expect(await compareRuns(x, runs, { seed: 1 })).toEqual({ lines, ari, ami });
  });

  it('of nothing are an empty table, and nobody is best where all are alike', async () => {
    expect(await compareRuns(noise(5, 2), [], { seed: 1 })).toEqual({
      lines: [],
      ari: [],
      ami: [],
    });
    const empty = await compareRuns(matrix(0, 2), [run('none', [])], { seed: 1 });
    expect(empty.lines[0]).toMatchObject({ groups: 0, noise: 0, silhouette: null });
    const same = await compareRuns(x, [run('a', truth), run('b', truth)], { seed: 1 });
    for (const each of runColumns) {
      expect(bestIn(each, same.lines).size).toBe(0);
      expect(bestIn(each, []).size).toBe(0);
      expect(each.text(empty.lines[0]!)).not.toMatch(/NaN|undefined|null/);
    }
  });
});

describe('the table of methods', () => {
  let mounted: ReturnType<typeof mount> | null = null;
  afterEach(async () => {
    if (mounted) await unmount(mounted);
    document.body.replaceChildren();
  });

  it('says which is best in words too, explains its columns, and lets one be picked', async () => {
    const table = await compareRuns(x, runs, { seed: 1 });
    const onpick = vi.fn();
    mounted = mount(RunComparison, { target: document.body, props: { table, chosen: 1, onpick } });
    flushSync();
    const [main, heat] = document.querySelectorAll('table');
    const rows = [...main!.querySelectorAll('tbody tr')];
    expect(rows).toHaveLength(4);
    const at = runColumns.indexOf(column('Time'));
    expect(rows.map((row) => row.querySelectorAll('td')[at]!.textContent)).toEqual([
      '1 s',
      '40 ms\u00a0★, best',
      '–',
      '–',
    ]);
    expect(rows[1]!.getAttribute('aria-current')).toBe('true');
    rows[2]!.querySelector('button')!.click();
    expect(onpick).toHaveBeenCalledWith(2);
    const term = main!.querySelector<HTMLElement>('thead .term')!;
    term.click();
    flushSync();
    expect(document.querySelector('[role=tooltip]')!.textContent).toContain('Groups');
    expect(heat!.querySelectorAll('tbody tr')[0]!.textContent).toContain('as planted');
    expect(heat!.querySelectorAll('td[data-shade]')).toHaveLength(12);
  });

  it('of one method shows no agreement', async () => {
    const table = await compareRuns(x, runs.slice(0, 1), { seed: 1 });
    mounted = mount(RunComparison, { target: document.body, props: { table } });
    flushSync();
    expect(document.querySelectorAll('table')).toHaveLength(1);
    expect(document.querySelector('tbody button')).toBe(null);
  });
});
