import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  apacheSnippet,
  caddySnippet,
  hostingSection,
  netlifyHeaders,
  nginxSnippet,
} from '../../src/guard/hosts.ts';
import { devHeaders, isOwnAllowlist, metaPolicy, policyHeaders } from '../../src/guard/policy.ts';

const parse = (policy: string): Map<string, string[]> =>
  new Map(
    policy.split('; ').map((directive) => {
      const [name = '', ...values] = directive.split(' ');
      return [name, values];
    }),
  );
const csp = parse(policyHeaders['Content-Security-Policy'] ?? '');
const all = (map: Map<string, string[]>): string[] => [...map.values()].flat();

describe('the policy', () => {
  it('forbids by default, and every source it allows is this origin or memory of this tab', () => {
    expect(csp.get('default-src')).toEqual(["'none'"]);
    const sources = [...csp].filter(([name]) => name.endsWith('-src')).flatMap(([, v]) => v);
    const known = ["'none'", "'self'", "'wasm-unsafe-eval'", 'data:', 'blob:'];
    expect(sources.filter((source) => !known.includes(source))).toEqual([]);
    expect(csp.get('connect-src')).toEqual(["'self'"]);
    expect(csp.get('script-src')).not.toContain('blob:');
  });

  it('allows neither eval nor inline code or style', () => {
    expect(all(csp).filter((value) => value.startsWith("'unsafe"))).toEqual([]);
  });

  it('turns strings into code nowhere, and names one Trusted Types policy', () => {
    expect(csp.get('require-trusted-types-for')).toEqual(["'script'"]);
    expect(csp.get('trusted-types')).toEqual(['tessera-worker']);
  });

  it('sandboxes without windows or top navigation by others', () => {
    const flags = csp.get('sandbox') ?? [];
    expect(flags.filter((flag) => /popup|top-navigation|pointer|presentation/.test(flag))).toEqual(
      [],
    );
    expect(csp.get('form-action')).toEqual(["'none'"]); // the sandbox allows forms for the sake of Enter
  });

  it('names the whole set of trust.md §1.3', () => {
    expect(isOwnAllowlist(policyHeaders['Connection-Allowlist'] ?? null)).toBe(true);
    expect(policyHeaders).toMatchObject({
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'X-DNS-Prefetch-Control': 'off',
    });
  });

  it('says in a <meta> only what a <meta> may say, and the same', () => {
    const meta = parse(metaPolicy);
    for (const name of ['sandbox', 'frame-ancestors', 'report-uri', 'report-to'])
      expect(meta.has(name)).toBe(false);
    for (const [name, values] of meta) expect(csp.get(name)).toEqual(values);
  });

  it('keeps every header on one line of plain characters, so that any host can send it', () => {
    for (const value of Object.values(policyHeaders)) expect(value).toMatch(/^[\x20-\x7e]+$/);
    for (const value of Object.values(policyHeaders)) expect(value).not.toMatch(/["\\$]/);
  });

  it('loosens nothing but script and style for development', () => {
    const dev = parse(devHeaders['Content-Security-Policy'] ?? '');
    const different = [...csp.keys()].filter(
      (name) => dev.get(name)?.join(' ') !== csp.get(name)?.join(' '),
    );
    expect(different.sort()).toEqual([
      'require-trusted-types-for',
      'script-src',
      'style-src',
      'trusted-types',
    ]);
  });
});

describe('isOwnAllowlist', () => {
  it.each([
    ['(response-origin)', true],
    [' ( response-origin ) ; report-to=page', true],
    ['(response-origin);webrtc=block', true],
    ['(response-origin);webrtc=allow', false],
    ['(response-origin "https://evil.test")', false],
    ['("*")', false],
    ['', false],
    [null, false],
  ])('%j is ours: %j', (header, own) => {
    expect(isOwnAllowlist(header)).toBe(own);
  });
});

describe('what hosts are given', () => {
  const entries = Object.entries(policyHeaders);

  it('every header, whole, in each way of writing it', () => {
    for (const [name, value] of entries) {
      expect(netlifyHeaders()).toContain(`\n  ${name}: ${value}\n`);
      expect(nginxSnippet()).toContain(`add_header ${name} "${value}" always;`);
      expect(caddySnippet()).toContain(`\n  ${name} "${value}"\n`);
      expect(apacheSnippet()).toContain(`Header always set ${name} "${value}"`);
    }
  });

  it('the README prints exactly these snippets', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    expect(readme).toContain(hostingSection().trim());
  });
});

it('no component writes HTML from strings or a style that the policy would refuse', () => {
  const root = new URL('../../src/', import.meta.url).pathname;
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(svelte|ts)$/.test(file),
  );
  const sinks =
    /\{@html|\.(inner|outer)HTML\s*=|insertAdjacentHTML|document\.write|\bnew Function\b|[^.\w]eval\(|csvParse\(|setAttribute\('style'/;
  expect(files.length).toBeGreaterThan(20);
  expect(files.filter((file) => sinks.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
});
