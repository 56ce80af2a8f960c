// @vitest-environment node
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { build } from 'vite';
import { compressedEngine } from '../../src/db/engine-plugin.ts';

const root = mkdtempSync(join(tmpdir(), 'tessera-plugin-'));
const bytes = Buffer.alloc(100_000, 'wasm');
beforeAll(async () => {
  writeFileSync(join(root, 'big.wasm'), bytes);
  writeFileSync(join(root, 'main.js'), `import url from './big.wasm?gzip'; console.log(url);`);
  writeFileSync(join(root, 'index.html'), `<script type="module" src="./main.js"></script>`);
  const plugins = [compressedEngine()];
  await build({ root, base: './', configFile: false, logLevel: 'silent', plugins });
});
afterAll(() => rmSync(root, { recursive: true }));

it('ships the file gzipped under a name that no host decodes, and not as it was', () => {
  const assets = readdirSync(join(root, 'dist/assets'));
  const [shipped] = assets.filter((name) => !name.endsWith('.js'));
  expect(assets.length).toBe(2);
  expect(shipped).toMatch(/^big\.wasm-.+\.bin$/);
  expect(gunzipSync(readFileSync(join(root, 'dist/assets', shipped!))).equals(bytes)).toBe(true);
});

it('finds it beside the script, whatever the folder of the host', () => {
  const [script] = readdirSync(join(root, 'dist/assets')).filter((name) => name.endsWith('.js'));
  const text = readFileSync(join(root, 'dist/assets', script!), 'utf8');
  expect(text).toMatch(/new URL\([`'"]big\.wasm-[^`'"]+\.bin[`'"],\s*import\.meta\.url\)/);
});
