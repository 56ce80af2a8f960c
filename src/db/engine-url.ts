/** Where the engine's wasm lies. The worker that fetches it inflates it: `workers/engine.worker.ts`. */
export { default as engineUrl } from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?gzip';
