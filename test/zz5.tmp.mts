import { readFileSync } from 'node:fs';
import { createSHA256 } from 'hash-wasm';
import { Passage } from '../src/files/passage.ts';
import { Utf8Check } from '../src/files/utf8.ts';
const bytes = new Uint8Array(readFileSync('/tmp/exp/big.csv'));
const cpu = (n: string, f: () => void) => { const t = process.cpuUsage(); f(); const e = process.cpuUsage(t); const ms = (e.user + e.system)/1000; console.log(n, Math.round(ms), 'ms', Math.round(bytes.length/1e3/ms), 'MB/s'); };
const h = await createSHA256();
const chunks: Uint8Array[] = []; for (let i = 0; i < bytes.length; i += 65536) chunks.push(bytes.subarray(i, i + 65536));
for (let k = 0; k < 4; k++) {
cpu('sha', () => { h.init(); for (const c of chunks) h.update(c); h.digest('hex'); });
cpu('utf8', () => { const u = new Utf8Check(); let b = 0; for (const c of chunks) { u.check(c, b, []); b += c.length; } });
cpu('walk', () => { const p = new Passage({ delimiter: ',', quote: '"', escape: '"' }, 9, 1, 16e6); p.startAt(0); let b = 0; for (const c of chunks) { p.take(c, b, true); b += c.length; } p.end(bytes.length, true); });
}
