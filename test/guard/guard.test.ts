// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Guard } from '../../src/guard/guard.svelte.ts';
import type { CanaryReport } from '../../src/guard/types.ts';

const page: CanaryReport = {
  blocked: ['fetch', 'image', 'webrtc'],
  open: [],
  header: true,
  sandboxed: true,
  allowlist: 'seen',
};
const worker: CanaryReport = { ...page, blocked: ['fetch'], allowlist: 'sent' };
const workers = { 'the database': async () => worker };

beforeEach(() => void vi.spyOn(console, 'warn').mockReturnValue());

describe('the guard', () => {
  it('lets no file in before the check is over, and then says how well it went', async () => {
    let answer = (_: CanaryReport): void => {};
    const guard = new Guard(async () => page);
    const allowed = guard.allowsImport();
    const run = guard.run({
      'the database': () => new Promise<CanaryReport>((resolve) => (answer = resolve)),
    });
    const early = await Promise.race([allowed, new Promise((resolve) => setTimeout(resolve, 50))]);
    expect(early).toBeUndefined();
    expect(guard.state).toBe('checking');
    answer(worker);
    await run;
    expect(await allowed).toBe(true);
    expect(guard.state).toBe('full');
  });

  it('opens files where the browser leaves ways open, and says so', async () => {
    const guard = new Guard(async () => ({ ...page, allowlist: 'sent' }));
    await guard.run(workers);
    expect(guard.state).toBe('partial');
    expect(guard.words).toContain('leaves');
    expect(await guard.allowsImport()).toBe(true);
  });

  it.each([
    ['a canary flew in a worker', page, { ...worker, open: ['fetch'] as const }],
    ['the policy is only a <meta>', { ...page, header: false }, worker],
  ])('stays shut if %s', async (_, pageReport, workerReport) => {
    const guard = new Guard(async () => pageReport);
    await guard.run({ 'the database': async () => workerReport });
    expect(guard.state).toBe('shut');
    expect(await guard.allowsImport()).toBe(false);
  });

  it('stays shut and names the worker that could not be asked', async () => {
    const guard = new Guard(async () => page);
    await guard.run({ ...workers, 'the file reader': () => Promise.reject(new Error('died')) });
    expect(await guard.allowsImport()).toBe(false);
    expect(guard.words).toContain('the file reader');
  });

  it('stays shut if the page itself could not try', async () => {
    const guard = new Guard(() => Promise.reject(new Error('no document')));
    await guard.run(workers);
    expect(await guard.allowsImport()).toBe(false);
  });

  it('may be asked again, and then goes by the new answer', async () => {
    let report = { ...page, header: false };
    const guard = new Guard(async () => report);
    await guard.run(workers);
    expect(await guard.allowsImport()).toBe(false);
    report = page;
    void guard.run(workers);
    expect(await guard.allowsImport()).toBe(true);
  });
});
