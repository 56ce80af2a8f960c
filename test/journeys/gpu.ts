import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGpuLab, type GpuLab } from '../support/gpu-lab.ts';
import type { Case, Kind } from '../support/gpu/made.ts';

let lab: GpuLab;
beforeAll(async () => {
  lab = await openGpuLab();
});
afterAll(async () => {
  const complaints = await lab.complaints();
  await lab.close();
  expect(complaints).toEqual([]); // TensorFlow.js runs under the app's own policy
});

it('takes no software GPU without leave', async () => {
  expect(await lab.run('real', undefined)).toBeNull();
});

it('leaves all to the processor where the only GPU is software', async () => {
  const { isOwn, gpu, words } = await lab.run('choose', undefined);
  expect({ isOwn, gpu }).toEqual({ isOwn: true, gpu: null });
  expect(words).toMatch(/no GPU/);
});

type Shape = Omit<Case, 'kind'>;
const shapes: readonly Shape[] = [
  { rows: 1, cols: 1, k: 1 },
  { rows: 2, cols: 2, k: 2 },
  { rows: 5000, cols: 1, k: 7 },
  { rows: 1003, cols: 5, k: 6 },
  { rows: 3001, cols: 16, k: 8 },
  { rows: 300, cols: 4, k: 1 },
  { rows: 2000, cols: 7, k: 97 },
  { rows: 1025, cols: 13, k: 512 },
  { rows: 40, cols: 3, k: 40 },
  { rows: 700, cols: 33, k: 9 },
  { rows: 500, cols: 500, k: 5 },
  { rows: 300, cols: 512, k: 70 },
  { rows: 3001, cols: 2, k: 6, of: 'whole' },
  { rows: 900, cols: 40, k: 4, of: 'equal' },
  { rows: 2000, cols: 3, k: 4, times: 1e30 },
  { rows: 2000, cols: 3, k: 4, times: 1e-30 },
];
const nameOf = ({ rows, cols, k, of = 'noise', times = 1 }: Shape) =>
  `${rows} × ${cols}, k = ${k}, ${of}, times ${times}`;
const named = shapes.map((shape) => [nameOf(shape), shape] as const);

describe.each(['webgpu', 'webgl'] as const satisfies readonly Kind[])('%s', (kind) => {
  it('runs on the processor here', async () => {
    expect(await lab.run('who', kind)).toMatchObject({ isSoftware: true });
  });

  it.each(named)('k-means: the bytes of the plain form, %s', async (_, shape) => {
    const got = await lab.run('lloyd', { kind, ...shape });
    expect(got).toEqual({ differing: 0, tensors: 0 });
  });

  it.each(named.filter(([, { times = 1 }]) => times === 1))(
    'k-means in float32: counts of the plain form, sums within 1e-6, the same bytes twice, %s',
    async (_, shape) => {
      const got = await lab.run('settle', { kind, ...shape, rounds: 4 });
      expect(got).toMatchObject({ counts: 0, twice: 0, tensors: 0 });
      expect(got.sums).toBeLessThan(1e-6);
    },
  );

  it('k-means in float32 ends where nothing moves', async () => {
    const got = await lab.run('settle', { kind, rows: 500, cols: 2, k: 3, rounds: 200 });
    expect(got).toMatchObject({ isStill: true, twice: 0 });
    expect(got.rounds).toBeLessThan(200);
  });

  it.each([
    { rows: 1, cols: 3, k: 1 },
    { rows: 5, cols: 1, k: 9 },
    { rows: 1003, cols: 1, k: 4 },
    { rows: 1500, cols: 6, k: 15 },
    { rows: 700, cols: 33, k: 64 },
    { rows: 300, cols: 500, k: 10 },
    { rows: 1001, cols: 16, k: 14, questions: 77 },
    { rows: 800, cols: 3, k: 7, of: 'whole' },
    { rows: 400, cols: 4, k: 5, of: 'equal' },
    { rows: 500, cols: 3, k: 5, times: 1e15 },
    { rows: 500, cols: 3, k: 5, times: 1e-30 },
  ] as const)('neighbours: the bytes of the plain form, %j', async (shape) => {
    expect(await lab.run('knn', { kind, ...shape })).toEqual({ differing: 0, tensors: 0 });
  });

  it.each([
    { rows: 9, k: 3, epochs: 3 },
    { rows: 1001, k: 14, epochs: 5 },
    { rows: 700, k: 9, epochs: 4, first: 300 },
  ])('the picture: near the plain form, the same bytes for the same seed, %j', async (shape) => {
    const got = await lab.run('picture', { kind, ...shape });
    expect(got).toMatchObject({ twice: 0, fixed: 0, tensors: 0 });
    expect(got.apart).toBeLessThan(1e-4 * got.moved);
    expect(got.two).toBeLessThan(1e-3 * got.moved);
    expect(got.other).toBeGreaterThan(0);
  });

  it('a GPU lost in a search or a picture: both end without it', async () => {
    const got = await lab.run('lostElsewhere', kind);
    expect(got).toEqual({ heard: 2, search: 0, isDrawn: true, tensors: 0 });
  });

  it('a cancelled search ends at that breath and leaves no tensor', async () => {
    const got = await lab.run('cancelSearch', kind);
    expect(got).toEqual({ ended: 'AbortError', calls: 3, tensors: 0 });
  });

  it('a race measures it, agrees with it, and keeps it out as software', async () => {
    const got = await lab.run('race', kind);
    expect(got.known).toEqual({ [got.gpu]: 'runs on the processor itself' });
    expect(got.open).toEqual({});
    expect(got.timed).toEqual(['processor', got.gpu]);
  });

  it('a lost GPU: the run goes on without it, ends with the same bytes, and says so once', async () => {
    const got = await lab.run('lost', { kind, rows: 3001, cols: 6, k: 5 });
    expect(got).toMatchObject({ differing: 0, tensors: 0 });
    expect(got.heard).toHaveLength(1);
    expect(got.heard[0]).toMatch(/^gpu-failed: ./);
  });

  it.each([1, 3, 6])(
    'cancel at breath %i ends the run there and leaves no tensor',
    async (after) => {
      const got = await lab.run('cancel', { kind, rows: 9000, cols: 6, k: 5, after });
      expect(got).toEqual({ ended: 'AbortError', late: 0, tensors: 0 });
    },
  );
});
