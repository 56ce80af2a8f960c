import { expect, it } from 'vitest';
import { loadingWords, PaceMeter } from '../../src/lib/pace.ts';

const reading = (done: number) => ({ stage: 'Reading', done, total: 1_000_000 });

it('tells no rate before there is one', () => {
  const meter = new PaceMeter();
  expect(meter.see(reading(0), 0)).toMatchObject({ perSecond: null, leftMs: null });
  expect(meter.see(reading(50_000), 100)).toMatchObject({ perSecond: null, leftMs: null });
  expect(new PaceMeter().see(reading(0), 99_999).leftMs).toBe(null);
});

it('tells rate and time left of a steady pace exactly', () => {
  const meter = new PaceMeter();
  for (let ms = 0; ms < 8_000; ms += 250) meter.see(reading(ms * 100), ms);
  expect(meter.see(reading(800_000), 8_000)).toEqual({
    done: 800_000,
    total: 1_000_000,
    perSecond: 100_000,
    leftMs: 2_000,
  });
});

it('follows a machine that becomes slower within 5 s', () => {
  const meter = new PaceMeter();
  let done = 0;
  let last = meter.see(reading(0), 0);
  for (let ms = 250; ms <= 20_000; ms += 250) {
    done += ms <= 4_000 ? 50_000 / 4 : 10_000 / 4;
    last = meter.see(reading(done), ms);
    if (ms >= 9_250) expect(last.perSecond).toBeCloseTo(10_000, 6);
  }
  expect(last.leftMs).toBeCloseTo(((1_000_000 - done) / 10_000) * 1000, 6);
});

it('starts again with the next step, and when the work goes back', () => {
  const meter = new PaceMeter();
  meter.see(reading(0), 0);
  expect(meter.see(reading(500_000), 1_000).perSecond).toBe(500_000);
  expect(meter.see({ stage: 'Cleaning', done: 1, total: 3 }, 2_000).perSecond).toBe(null);
  meter.see(reading(100_000), 3_000);
  expect(meter.see(reading(50_000), 4_000).perSecond).toBe(null);
});

it('speaks of rows, with no more digits than are known', () => {
  const file = { rowBytes: 100, isExact: false };
  const words = loadingWords(
    { done: 233_333_333, total: 1_004_567_800, perSecond: 39_876_543, leftMs: 19_400 },
    file,
  );
  expect(words).toBe('2,300,000 of about 10,000,000 rows, 400,000 rows a second, 19 s left');
  const start = loadingWords({ done: 0, total: 54_190_900, perSecond: null, leftMs: null }, file);
  expect(start).toBe('0 of about 540,000 rows');
  const end = { done: 54_190_900, total: 54_190_900, perSecond: null, leftMs: 0 };
  expect(loadingWords(end, { rowBytes: 100, isExact: true })).toBe('541,909 of 541,909 rows');
});
