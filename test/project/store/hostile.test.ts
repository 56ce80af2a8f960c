import { createHash } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { unattended } from '../../../src/lib/job.ts';
import { importFile } from '../../../src/project/store/backup.ts';
import { at, openDesk } from './kit.ts';

type Part = {
  readonly name: string;
  readonly content: Buffer;
  /** What the zip claims it unpacks to. */
  readonly claims?: number;
};

/** A zip by hand, with the seal at its end that only shows that no byte was changed since: whoever made it could make that too. */
function zip(parts: readonly Part[]): Blob {
  const files: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const { name, content, claims = content.length } of parts) {
    const packed = deflateRawSync(content);
    const about = Buffer.alloc(26); // from "version needed" to "extra length", the same in both places
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(8, 4);
    about.writeUInt32LE(crc32(content), 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(claims, 18);
    about.writeUInt16LE(Buffer.byteLength(name), 22);
    files.push(Buffer.from('PK\x03\x04', 'latin1'), about, Buffer.from(name), packed);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    list.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), about, place, Buffer.from(name));
    at += 30 + Buffer.byteLength(name) + packed.length;
  }
  const directory = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(71, 20);
  const body = Buffer.concat([...files, directory, end, Buffer.from('sha256:')]);
  return new Blob([new Uint8Array(body), createHash('sha256').update(body).digest('hex')]);
}

const sha = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const document = Buffer.from('{"k":4}');
type Data = { readonly sha256: string; readonly bytes: number; readonly packed: boolean };
const manifest = (data: readonly Data[] = [], more: object = {}) =>
  Buffer.from(
    JSON.stringify({
      format: 'tessera-project',
      version: 1,
      name: 'Coffee',
      changedAt: at(0),
      document: { bytes: document.length, sha256: sha(document) },
      data,
      ...more,
    }),
  );
const parts = (data: readonly Data[] = [], more: object = {}): readonly Part[] => [
  { name: 'manifest.json', content: manifest(data, more) },
  { name: 'document.json', content: document },
];

async function outcome(file: Blob): Promise<string> {
  const { store, disk } = await openDesk();
  const work = importFile(store, file, { passphrase: null, at: at(1) }, unattended);
  const code = await work.then(
    () => 'opened',
    (error: { code?: string }) => error.code ?? String(error),
  );
  if (code !== 'opened') expect([...disk.image().keys()]).toEqual([]);
  return code;
}

it('the zip that these tests make by hand opens where nothing is wrong with it', async () => {
  const rows = Buffer.from('a,b\n1,2\n');
  const data = { sha256: sha(rows), bytes: rows.length, packed: true };
  expect(await outcome(zip(parts()))).toBe('opened');
  expect(
    await outcome(zip([...parts([data]), { name: `data/${data.sha256}`, content: rows }])),
  ).toBe('opened');
});

const zeros = Buffer.alloc(40_000_000);
const data = (content: Buffer, bytes = content.length) => ({
  sha256: sha(content),
  bytes,
  packed: true,
});
const named = (content: Buffer) => `data/${sha(content)}`;
const rows = Buffer.from('a,b\n1,2\n');

const hostile: Record<string, () => Blob> = {
  'a part that unpacks to more than it says': () =>
    zip([...parts([data(zeros, 10)]), { name: named(zeros), content: zeros, claims: 10 }]),
  'a part that unpacks to less than it says': () =>
    zip([...parts([data(rows, 5000)]), { name: named(rows), content: rows, claims: 5000 }]),
  'a part that claims more than deflate can do': () =>
    zip([...parts([data(rows, 2e9)]), { name: named(rows), content: rows, claims: 2e9 }]),
  'a part of another size than the manifest says': () =>
    zip([...parts([data(rows, 9)]), { name: named(rows), content: rows }]),
  'a part with another checksum': () =>
    zip([...parts([data(rows)]), { name: named(rows), content: Buffer.from('a,b\n1,3\n') }]),
  'a part that the manifest does not name': () =>
    zip([...parts(), { name: named(rows), content: rows }]),
  'a part that is missing': () => zip(parts([data(rows)])),
  'a path out of the folder': () => zip([...parts(), { name: '../../evil', content: rows }]),
  'a part twice': () => zip([...parts(), { name: 'document.json', content: Buffer.from('{}') }]),
  'ten thousand parts': () =>
    zip([
      ...parts(),
      ...Array.from({ length: 10_001 }, (_, i) => ({ name: `x${i}`, content: Buffer.alloc(0) })),
    ]),
  'a manifest of 5 MB': () => zip(parts([], { name: 'x'.repeat(5_000_000) })),
  'a manifest with a field that nobody knows': () => zip(parts([], { more: 1 })),
  'a manifest of a newer Tessera': () => zip(parts([], { version: 2 })),
  'a manifest that is no JSON': () =>
    zip([{ name: 'manifest.json', content: Buffer.from('{') }, parts()[1]!]),
  'no manifest': () => zip([parts()[1]!]),
  'an empty zip': () => zip([]),
};

it.each(Object.entries(hostile))(
  'a file with %s is refused and leaves nothing behind',
  async (_, make) => {
    expect(await outcome(make())).toMatch(/^backup-(damaged|invalid)$/);
  },
);
