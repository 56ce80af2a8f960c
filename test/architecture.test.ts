import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { compile } from 'svelte/compiler';
import { expect, it } from 'vitest';

/** Data flows left to right, so imports may only point left. */
const order =
  'lib guard db samples files tables features segments insight models actions exports project app'.split(
    ' ',
  );
/** Heavy packages stay behind one door each. */
const doors: Record<string, RegExp> = {
  '@duckdb/duckdb-wasm': /^src\/db\//,
  'apache-arrow': /^src\/db\//,
  '@tensorflow/tfjs': /^workers\/gpu\//,
  '@tensorflow/tfjs-backend-webgpu': /^workers\/gpu\//,
  comlink: /^(workers|src\/lib\/job|src\/app\/workers)/,
};

const files = ['src', 'workers']
  .flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' }).map((f) => join(root, f)),
  )
  .filter((file) => /\.(ts|svelte)$/.test(file));
const imports = files.flatMap((from) =>
  [...readFileSync(from, 'utf8').matchAll(/(?:from|import) '([^']+)'/g)].map(([, name]) => ({
    from,
    to: name!.startsWith('.') ? join(dirname(from), name!) : name!,
  })),
);

const layer = (file: string) => file.split('/')[1]!;
const isDrawing = (file: string) => /^src\/(charts|ui)\//.test(file);

function allowed(from: string, to: string): boolean {
  if (!/^(src|workers)\//.test(to)) return doors[to]?.test(from) ?? true;
  if (layer(from) === layer(to) || from === 'src/main.ts') return true;
  if (from.startsWith('workers/')) return !/\.svelte|^src\/(db|app|ui|charts)\//.test(to);
  if (isDrawing(from)) return layer(to) === 'lib' || layer(to) === 'ui';
  if (isDrawing(to)) return from.endsWith('.svelte');
  return order.indexOf(layer(to)) < order.indexOf(layer(from));
}

it('imports only point from later stages to earlier ones, and through the right doors', () => {
  expect(files.length).toBeGreaterThan(10);
  expect(imports.filter(({ from, to }) => !allowed(from, to))).toEqual([]);
});

it('no component makes elements out of text, which Trusted Types would refuse', () => {
  const ways = /\$\.(from_html|html|customizable_select)\(/;
  const guilty = files.filter((file) => {
    if (!file.endsWith('.svelte')) return false;
    const { js } = compile(readFileSync(file, 'utf8'), { fragments: 'tree', generate: 'client' });
    return ways.test(js.code);
  });
  expect(guilty).toEqual([]);
});
