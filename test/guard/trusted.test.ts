// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { isOwnScript, ownScript } from '../../src/guard/trusted.ts';

describe('isOwnScript', () => {
  const page = 'https://host.test/team/tessera/index.html';

  it.each([
    ['https://host.test/team/tessera/assets/a.js', true],
    ['https://host.test/team/tessera/service.worker.js', true],
    ['https://host.test/team/other/a.js', false],
    ['https://host.test/a.js', false],
    ['http://host.test/team/tessera/a.js', false],
    ['https://host.test:8443/team/tessera/a.js', false],
    ['https://evil.test/team/tessera/a.js', false],
    ['https://host.test@evil.test/team/tessera/a.js', false],
    ['https://host.test/team/tessera/../other/a.js', false],
    ['blob:https://host.test/0-0', false],
    ['data:text/javascript,1', false],
    ['javascript:alert(1)', false],
  ])('%s: %j', (address, own) => {
    expect(isOwnScript(new URL(address), page)).toBe(own);
  });
});

describe('ownScript', () => {
  it('gives an address of this app back, whole', () => {
    expect(String(ownScript('assets/a.js'))).toBe(new URL('assets/a.js', document.baseURI).href);
  });

  it('throws for any other', () => {
    expect(() => ownScript('https://evil.test/a.js')).toThrow(TypeError);
    expect(() => ownScript('blob:https://evil.test/1')).toThrow(TypeError);
  });
});
