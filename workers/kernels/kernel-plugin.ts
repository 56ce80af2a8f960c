import { basename } from 'node:path';
import type { Plugin } from 'vite';

const ENDING = '.ts?kernel';

/**
 * `import kernel from './assembly/records.ts?kernel'`: compiles the AssemblyScript to wasm with SIMD and gives its bytes. They stand in
 * the script itself (some hundred bytes each), so that a worker has them without a request.
 */
export function kernels(): Plugin {
  return {
    name: 'tessera-kernels',
    enforce: 'pre',
    config: () => ({ worker: { plugins: () => [kernels()] } }),
    async resolveId(source, importer) {
      if (!source.endsWith(ENDING)) return null;
      const file = await this.resolve(source.slice(0, -'?kernel'.length), importer, {
        skipSelf: true,
      });
      return file && `${file.id}?kernel`;
    },
    async load(id) {
      if (!id.endsWith(ENDING)) return null;
      const file = id.slice(0, -'?kernel'.length);
      this.addWatchFile(file);
      const base64 = Buffer.from(await compile(file)).toString('base64');
      return `export default Uint8Array.from(atob('${base64}'), (letter) => letter.charCodeAt(0));`;
    },
  };
}

async function compile(file: string): Promise<Uint8Array> {
  const { default: asc } = await import('assemblyscript/asc'); // takes a second to load: only when a kernel is asked for
  let bytes: Uint8Array | null = null;
  const { error, stderr } = await asc.main(
    [file, '-O3', '--converge', '--noAssert', '--enable', 'simd', '--runtime', 'stub', '-o', 'out'],
    { writeFile: (_, contents) => void (bytes = contents as Uint8Array) }, // no text output was asked for
  );
  if (error ?? !bytes) throw new Error(`${basename(file)}: ${stderr.toString()}`, { cause: error });
  return bytes!;
}
