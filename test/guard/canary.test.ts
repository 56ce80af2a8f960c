import { describe, expect, it } from 'vitest';
import { canary, isCanary, sort, watch } from '../../src/guard/canary.ts';
import { metaPolicy, policyHeaders } from '../../src/guard/policy.ts';

const header = policyHeaders['Content-Security-Policy'] ?? '';

/** A violation as a browser tells it. Node knows plain events only. */
function violate(scope: EventTarget, fields: Partial<SecurityPolicyViolationEvent>): void {
  const event = new Event('securitypolicyviolation');
  const usual = {
    disposition: 'enforce',
    effectiveDirective: 'connect-src',
    originalPolicy: header,
  };
  scope.dispatchEvent(Object.assign(event, usual, fields));
}

describe('canaries', () => {
  it('fly on this machine only, to a port that browsers refuse to call', () => {
    for (const route of ['fetch', 'websocket', 'frame'] as const) {
      const { hostname, port } = new URL(canary(route));
      expect(hostname).toBe('127.0.0.1');
      expect(port).toBe('9');
      expect(isCanary(canary(route))).toBe(true);
    }
    for (const other of [
      'https://127.0.0.1:99/',
      'https://evil.test/127.0.0.1:9/',
      'http://127.0.0.1/',
    ])
      expect(isCanary(other)).toBe(false);
  });
});

describe('watch', () => {
  it('takes the browser naming its policy as proof, and nothing else', async () => {
    const scope = new EventTarget();
    const sightings = watch(scope);
    violate(scope, { blockedURI: canary('fetch') });
    violate(scope, { blockedURI: 'https://evil.test/' });
    violate(scope, { blockedURI: canary('image'), disposition: 'report' });
    await sightings.all(['fetch'], 1000);
    expect([...sightings.seen.keys()]).toEqual([canary('fetch')]);
  });

  it('knows a frame by its origin, which is all that is told of one', () => {
    const scope = new EventTarget();
    const sightings = watch(scope);
    violate(scope, { blockedURI: 'https://127.0.0.1:9', effectiveDirective: 'frame-src' });
    expect(sightings.seen.has(canary('frame'))).toBe(true);
  });

  it.each([[[header, metaPolicy]], [[metaPolicy, header]]])(
    'believes the header over the <meta>, whichever objects first',
    (policies) => {
      const scope = new EventTarget();
      const sightings = watch(scope);
      for (const originalPolicy of policies)
        violate(scope, { blockedURI: canary('fetch'), originalPolicy });
      expect(sightings.seen.get(canary('fetch'))).toBe(header);
    },
  );

  it('stops waiting when patience ends, and stops listening when told', async () => {
    const scope = new EventTarget();
    const sightings = watch(scope);
    await sightings.all(['fetch'], 10);
    sightings.stop();
    violate(scope, { blockedURI: canary('fetch') });
    expect(sightings.seen.size).toBe(0);
  });
});

describe('sort', () => {
  it('counts a route as blocked only when seen, and as open only when every browser would have told', () => {
    const sorted = sort(['fetch', 'websocket'], new Map([[canary('fetch'), header]]));
    expect(sorted).toEqual({ blocked: ['fetch'], open: [], header: true, sandboxed: true });
  });

  it('finds everything open and no header when nothing was seen', () => {
    const sorted = sort(['fetch', 'image', 'style'], new Map());
    expect(sorted).toEqual({
      blocked: [],
      open: ['fetch', 'image'],
      header: false,
      sandboxed: false,
    });
  });

  it('does not take a <meta> for a header', () => {
    const sorted = sort(['fetch'], new Map([[canary('fetch'), metaPolicy]]));
    expect(sorted).toMatchObject({ blocked: ['fetch'], header: false, sandboxed: false });
  });
});
