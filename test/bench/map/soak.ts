import type { PageLab } from '../../support/page-lab.ts';
import { random } from '../../../src/lib/random.ts';
import { median } from './race.ts';

export type Soaked = {
  /** What a person did, in number. */
  readonly steps: number;
  /** MB that the page held after collections: early on, and at the end. */
  readonly before: number;
  readonly after: number;
  /** Elements of the page, likewise. */
  readonly nodesBefore: number;
  readonly nodesAfter: number;
};

/** Explores a map of `count` points at random for so long: wheel, drag, hover, keys, lasso, filters, colours, another layout. */
export async function soak(lab: PageLab, count: number, seconds: number): Promise<Soaked> {
  const { page, call } = await lab.open();
  await call('openComponent', count);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  const next = random(1);
  const place = () => [40 + next() * 1100, 40 + next() * 700] as const;
  const drag = async () => {
    await page.mouse.move(...place());
    await page.mouse.down();
    for (let i = 0; i < 6; i++) await page.mouse.move(...place());
    await page.mouse.up();
  };
  const keys = ['ArrowLeft', 'ArrowUp', '+', '-', '0', 'Enter', 'Escape', '.', ','];
  const verbs: readonly (() => Promise<unknown>)[] = [
    async () => {
      await page.mouse.move(...place());
      await page.mouse.wheel(0, (next() - 0.5) * 900);
    },
    drag,
    drag,
    () => page.mouse.move(...place()),
    () => page.keyboard.press(keys[Math.floor(next() * keys.length)]!),
    () => call('change', Math.floor(next() * 600)),
  ];
  // What lies in memory depends on what is selected and drawn, so each sample is of the same map: the one that stood there at first.
  const measure = async () => {
    await page.mouse.up();
    for (const key of ['Escape', 'Escape', '0']) await page.keyboard.press(key);
    await call('comeToRest');
    await cdp.send('HeapProfiler.collectGarbage');
    const { metrics } = await cdp.send('Performance.getMetrics');
    // Newer browsers say how much lies in typed arrays beside the heap.
    const heap = (await cdp.send('Runtime.getHeapUsage')) as {
      usedSize: number;
      backingStorageSize?: number;
    };
    return {
      bytes: heap.usedSize + (heap.backingStorageSize ?? 0),
      nodes: metrics.find(({ name }) => name === 'Nodes')?.value ?? NaN,
    };
  };
  const parts = 8;
  // Warming up: code is compiled and room is made for all that can be done.
  for (let step = 0; step < 72; step++) {
    await call('change', step);
    await drag();
    await page.keyboard.press(keys[step % keys.length]!);
  }
  const samples: { bytes: number; nodes: number }[] = [];
  const began = performance.now();
  let steps = 0;
  let due = 0;
  while (performance.now() - began < 1000 * seconds) {
    await verbs[Math.floor(next() * verbs.length)]!();
    steps++;
    if (performance.now() - began < due) continue;
    due += (1000 * seconds) / parts;
    samples.push(await measure());
  }
  samples.push(await measure());
  await page.close();
  const third = Math.floor(samples.length / 3);
  const of = (part: readonly { bytes: number; nodes: number }[], key: 'bytes' | 'nodes') =>
    median(part.map((sample) => sample[key]));
  const [early, late] = [samples.slice(0, third), samples.slice(-third)];
  return {
    steps,
    before: of(early, 'bytes') / 1e6,
    after: of(late, 'bytes') / 1e6,
    nodesBefore: of(early, 'nodes'),
    nodesAfter: of(late, 'nodes'),
  };
}

/** A map may hold a tenth more at the end: code that is compiled late is no leak. */
export const hasGrown = ({ before, after, nodesBefore, nodesAfter }: Soaked): boolean =>
  after > 1.1 * before || nodesAfter > 1.1 * nodesBefore + 20;
