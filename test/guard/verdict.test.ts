import { describe, expect, it } from 'vitest';
import type { CanaryReport } from '../../src/guard/types.ts';
import { judge, routeWords } from '../../src/guard/verdict.ts';

const page: CanaryReport = {
  blocked: ['fetch', 'websocket', 'script', 'beacon', 'image', 'style', 'frame', 'webrtc'],
  open: [],
  header: true,
  sandboxed: true,
  allowlist: 'seen',
};
const worker: CanaryReport = {
  blocked: ['fetch', 'websocket', 'script'],
  open: [],
  header: true,
  sandboxed: true,
  allowlist: 'sent',
};
const two = (report: CanaryReport | null = worker) => [
  { name: 'the database', report: worker },
  { name: 'the file reader', report },
];

describe('judge', () => {
  it('is full when the page saw the allowlist block and every worker saw its canaries blocked', () => {
    const { level, open, words } = judge(page, two());
    expect(level).toBe('full');
    expect(open).toEqual([]);
    expect(words).toContain('2 workers');
    expect(words).toContain('14 attempts');
  });

  it('is full with no workers at all, since there is no one else to ask', () => {
    expect(judge(page, []).level).toBe('full');
  });

  it('is partial in a browser without the allowlist, and names the five ways that stay open', () => {
    const { level, open, words } = judge(
      { ...page, blocked: page.blocked.filter((route) => route !== 'webrtc'), allowlist: 'sent' },
      two(),
    );
    expect(level).toBe('partial');
    expect(open).toEqual(['preconnect', 'dns-prefetch', 'webrtc', 'download-link', 'navigation']);
    for (const route of open) expect(words).toContain(routeWords[route]);
    expect(words).toContain('This browser');
  });

  it('says that the host is to blame where it sent no allowlist', () => {
    const { level, words } = judge({ ...page, allowlist: 'missing' }, two());
    expect(level).toBe('partial');
    expect(words).toContain('Its host');
  });

  it('adds windows to the ways open where the header has no sandbox', () => {
    const { open } = judge({ ...page, sandboxed: false, allowlist: 'sent' }, two());
    expect(open).toContain('popup');
  });

  it('is not full if one worker came without the allowlist', () => {
    expect(judge(page, two({ ...worker, allowlist: 'missing' })).level).toBe('partial');
  });

  it.each([
    ['a worker saw a canary that nothing blocked', page, two({ ...worker, open: ['fetch'] })],
    ['a worker did not answer', page, two(null)],
    ['a worker has its policy from no header', page, two({ ...worker, header: false })],
    ['the page has its policy from a <meta> only', { ...page, header: false }, two()],
    ['the page did not answer', null, two()],
    [
      'nothing was blocked anywhere',
      { ...page, blocked: [], open: ['fetch'], header: false },
      two(),
    ],
  ] as const)('is none if %s', (_, pageReport, workers) => {
    const { level, words } = judge(pageReport, workers);
    expect(level).toBe('none');
    expect(words).toContain('Files stay closed');
  });

  it('names who did not answer, and what nothing blocks', () => {
    expect(judge(page, two(null)).words).toContain('the file reader');
    expect(judge(page, two({ ...worker, open: ['fetch'] })).words).toContain(routeWords.fetch);
  });

  it('does not call a route blocked that one place saw open', () => {
    const { blocked, open } = judge(page, two({ ...worker, blocked: [], open: ['fetch'] }));
    expect(blocked).not.toContain('fetch');
    expect(open).toContain('fetch');
  });
});
