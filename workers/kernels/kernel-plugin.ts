import { basename } from 'node:path';
import type { Plugin } from 'vite';

const ENDING = /\.ts\?kernels?$/;

/**
 * Compiles AssemblyScript to wasm with SIMD and gives its bytes, which stand in the script itself (a few kilobytes each), so that a worker
 * has them without a request. `import kernel from './assembly/records.ts?kernel'`: one build with a memory of its own.
 * `import set from './assembly/nearest.ts?kernels'`: a `KernelSet`, whose builds take the memory that room.ts gives them.
 */
export function kernels(): Plugin {
  return {
    name: 'tessera-kernels',
    enforce: 'pre',
    config: () => ({ worker: { plugins: () => [kernels()] } }),
    async resolveId(source, importer) {
      if (!ENDING.test(source)) return null;
      const [path, query] = source.split('?');
      const file = await this.resolve(path!, importer, { skipSelf: true });
      return file && `${file.id}?${query}`;
    },
    async load(id) {
      if (!ENDING.test(id)) return null;
      const [file, query] = id.split('?');
      this.addWatchFile(file!);
      if (query === 'kernel') return `export default ${literal(await compile(file!, []))};`;
      const built: string[] = [];
      for (const [name, flags] of Object.entries(builds))
        built.push(`${name}: ${literal(await compile(file!, flags))}`);
      return `export default { name: '${basename(file!, '.ts')}', ${built.join(', ')} };`;
    },
  };
}

/** Static data of a kernel starts behind the control block of room.ts. */
const placed = ['--importMemory', '--memoryBase', '1024'];
const shared = ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'];
const relaxed = ['--enable', 'relaxed-simd'];
const builds = {
  plain: placed,
  plainShared: [...placed, ...shared],
  relaxed: [...placed, ...relaxed],
  relaxedShared: [...placed, ...shared, ...relaxed],
};

const literal = (bytes: Uint8Array): string =>
  `Uint8Array.from(atob('${Buffer.from(bytes).toString('base64')}'), (letter) => letter.charCodeAt(0))`;

const options = ['-O3', '--converge', '--noAssert', '--enable', 'simd', '--runtime', 'stub'];

async function compile(file: string, flags: readonly string[]): Promise<Uint8Array> {
  const { default: asc } = await import('assemblyscript/asc'); // takes a second to load: only when a kernel is asked for
  let bytes: Uint8Array | null = null;
  const { error, stderr } = await asc.main(
    [file, ...options, ...flags, '-o', 'out'],
    { writeFile: (_, contents) => void (bytes = contents as Uint8Array) }, // no text output was asked for
  );
  if (error ?? !bytes) throw new Error(`${basename(file)}: ${stderr.toString()}`, { cause: error });
  return bytes!;
}
