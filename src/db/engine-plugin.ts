import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const WORKER_SCRIPT = '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js';

/**
 * `import url from 'package/big.wasm?gzip'`: the build ships the file gzipped (34 MB of engine become 7.7 MB, below the 25 MB that common
 * hosts allow) and gives its address. The ending is `.bin`, which no host takes for something to decode; whoever fetches it looks
 * at the first bytes. The dev server gives the file as it is.
 */
export function compressedEngine(): Plugin {
  let building = false;
  return {
    name: 'tessera-compressed-engine',
    enforce: 'pre',
    config: () => ({
      worker: { plugins: () => [keptWorkerScript()] },
      optimizeDeps: { include: ['@duckdb/duckdb-wasm', 'apache-arrow', WORKER_SCRIPT] }, // found late, they would reload the page
    }),
    configResolved: (config) => void (building = config.command === 'build'),
    async resolveId(source, importer) {
      if (!source.endsWith('?gzip')) return null;
      const file = await this.resolve(source.slice(0, -'?gzip'.length), importer, {
        skipSelf: true,
      });
      return file && `${file.id.split('?')[0]}?gzip`;
    },
    load(id) {
      if (!id.endsWith('?gzip')) return null;
      const file = id.slice(0, -'?gzip'.length);
      if (!building) return `export { default } from ${JSON.stringify(`${file}?url`)}`;
      const asset = this.emitFile({
        type: 'asset',
        name: `${basename(file)}.bin`,
        source: gzipSync(readFileSync(file), { level: 9 }),
      });
      return `export default import.meta.ROLLUP_FILE_URL_${asset}`;
    },
  };
}

/**
 * DuckDB's worker script is nothing but a side effect (it sets `onmessage`), while its package claims to have none, so it would be shaken
 * away. Its direct `eval`s (reached only by extensions, refused by our policy) would keep names from being shortened.
 */
function keptWorkerScript(): Plugin {
  return {
    name: 'tessera-kept-worker-script',
    apply: 'build',
    transform(code, id) {
      if (!id.endsWith(WORKER_SCRIPT)) return null;
      const map = { mappings: '' as const };
      return { code: code.replaceAll(/\beval\(/g, '(0,eval)('), map, moduleSideEffects: true };
    },
  };
}
