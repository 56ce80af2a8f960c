import * as v from 'valibot';
import { TesseraError } from '../../lib/errors.ts';
import type { Job } from '../../lib/job.ts';
import { chunksOf, sha256Of } from './chunks.ts';
import { unzip, zipOf, type Part } from './zip.ts';

export const TESSERA_FILE_VERSION = 1;
const MOST_MANIFEST = 4_000_000;
const MOST_DOCUMENT = 64_000_000;

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const size = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const manifest = v.strictObject({
  format: v.literal('tessera-project'),
  version: v.literal(TESSERA_FILE_VERSION),
  name: v.pipe(v.string(), v.maxLength(400)),
  changedAt: v.pipe(v.string(), v.isoTimestamp()),
  document: v.strictObject({ bytes: v.pipe(size, v.maxValue(MOST_DOCUMENT)), sha256 }),
  /** Files that the document names; `packed` says whether they are in here. */
  data: v.pipe(v.array(v.strictObject({ sha256, bytes: size, packed: v.boolean() })), v.readonly()),
});
type Manifest = v.InferOutput<typeof manifest>;

/** A project outside the browser. `files` holds what it keeps; null content: named, but left out. */
export type Packed = {
  readonly name: string;
  readonly changedAt: string;
  readonly document: string;
  readonly files: readonly {
    readonly sha256: string;
    readonly bytes: number;
    readonly content: Blob | null;
  }[];
};

/** A zip of `manifest.json`, `document.json` and `data/<sha256>`. */
export async function pack(project: Packed, job: Job): Promise<Blob> {
  const document = new Blob([project.document]);
  const { name, changedAt, files } = project;
  const about: Manifest = {
    format: 'tessera-project',
    version: TESSERA_FILE_VERSION,
    name,
    changedAt,
    document: { bytes: document.size, sha256: await hashOf(document, job) },
    data: files.map((file) => ({
      sha256: file.sha256,
      bytes: file.bytes,
      packed: file.content !== null,
    })),
  };
  const data = files.flatMap(({ sha256: hash, content }) =>
    content ? [{ name: `data/${hash}`, content }] : [],
  );
  const parts: readonly Part[] = [
    { name: 'manifest.json', content: new Blob([`${JSON.stringify(about, null, 2)}\n`]) },
    { name: 'document.json', content: document },
    ...data,
  ];
  return zipOf(parts, job);
}

/**
 * Nothing of the file is believed before it was checked: sizes, checksums, names. Throws `backup-invalid` or
 * `backup-damaged`. What is not packed has null content.
 */
export async function unpack(file: Blob, job: Job): Promise<Packed> {
  const zip = await unzip(file, job);
  const about = await manifestOf(zip, job);
  const expected = about.data.flatMap((each) => (each.packed ? [`data/${each.sha256}`] : []));
  const names = ['manifest.json', 'document.json', ...expected];
  if (zip.names.length !== names.length || names.some((name) => !zip.names.includes(name)))
    throw invalid('the parts are not those that the manifest names');
  const part = async (name: string, it: { readonly bytes: number; readonly sha256: string }) => {
    const content = await zip.part(name, it.bytes);
    if ((await hashOf(content, job)) === it.sha256) return content;
    throw new TesseraError('backup-damaged', `Found: “${name}” has another checksum.`);
  };
  const bytes = await (await part('document.json', about.document)).arrayBuffer();
  const document = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const files: Packed['files'][number][] = [];
  for (const { packed, ...it } of about.data)
    files.push({ ...it, content: packed ? await part(`data/${it.sha256}`, it) : null });
  return { name: about.name, changedAt: about.changedAt, document, files };
}

async function manifestOf(zip: Awaited<ReturnType<typeof unzip>>, job: Job): Promise<Manifest> {
  const content = await zip.part('manifest.json', zip.sizeOf('manifest.json', MOST_MANIFEST));
  job.signal.throwIfAborted();
  try {
    return v.parse(manifest, JSON.parse(await content.text()));
  } catch (cause) {
    throw invalid(cause instanceof Error ? cause.message : 'the manifest', cause);
  }
}

const hashOf = (content: Blob, job: Job): Promise<string> =>
  sha256Of(chunksOf(content, 'Checking the parts', job));

const invalid = (detail: string, cause?: unknown) =>
  new TesseraError('backup-invalid', `Found: ${detail}.`, { cause });
