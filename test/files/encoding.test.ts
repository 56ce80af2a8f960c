import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decode } from '../../src/files/code-pages.ts';
import { encodingName, encodings } from '../../src/files/encodings.ts';
import { guessEncoding, isUtf8 } from '../../src/files/encoding.ts';
import { openFile } from '../../src/files/open.ts';
import { countRecords } from '../../src/files/scan.ts';
import { encode } from '../support/encode.ts';
import { fileOf } from '../support/import.ts';

/** Written by Python's codecs: test/golden/encodings.py. */
const golden = JSON.parse(
  readFileSync(new URL('../golden/encodings.json', import.meta.url), 'utf8'),
) as readonly { language: string; encoding: string; text: string; bytes: string }[];

const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));

/** The text of a file as it would be read, the lines above the records included. */
async function readAs(bytes: Uint8Array<ArrayBuffer>) {
  const file = fileOf(bytes);
  const opened = await openFile(file);
  return { opened, text: await (opened.copy ?? file).text() };
}

/** How many records are set aside, and as what. */
async function asideOf(bytes: Uint8Array<ArrayBuffer>) {
  const file = fileOf(bytes);
  const { dialect, copy, offset, columns, above, blankAbove, reason, confidence } =
    await openFile(file);
  const text = copy ?? file;
  const count = await countRecords({ text, offset, marks: dialect, columns, above, blankAbove });
  return {
    encoding: dialect.encoding,
    reason,
    confidence,
    aside: count.setAside.map((it) => [it.reason, it.rows]),
  };
}

describe('the encoding of a file', () => {
  it.each(golden.map((it) => [it.language, it.encoding, it] as const))(
    'is found by its letters: %s in %s',
    async (_language, _encoding, { text, bytes }) => {
      const read = await readAs(bytesOf(bytes));
      expect(read.text).toBe(text);
    },
  );

  it('is not claimed with certainty where letters could be of two alphabets, and the other reading is shown', async () => {
    const bytes = encode('id;name;city\n1;è;a\n2;è;b\n3;c;d\n', 'windows-1252');
    const { encoding, confidence, reason } = await guessEncoding(bytes);
    expect(encoding).toBe('windows-1252');
    expect(confidence).toBeLessThan(0.6);
    expect(reason).toMatch(/it could also be .* \(“è” or “.”\)\. Look at the letters/);
  });

  it('is found behind the head of the file as well', async () => {
    const plain = new TextEncoder().encode('a;b\n'.repeat(400));
    const { encoding } = await guessEncoding(plain, [
      plain,
      encode('x\nМосква;Иван\nОльга;Сергей\nx', 'windows-1251'),
    ]);
    expect(encoding).toBe('windows-1251');
  });

  it.each(['utf-8', 'utf-16le', 'utf-16be'] as const)(
    'is known by a byte order mark: %s',
    async (encoding) => {
      const { opened, text } = await readAs(encode('id,name\n1,Zoë\n2,田中\n', encoding, true));
      expect(opened.dialect.encoding).toBe(encoding);
      expect(text.replace('\ufeff', '')).toBe('id,name\n1,Zoë\n2,田中\n');
      expect(opened.confidence).toBeGreaterThan(0.9);
    },
  );

  it.each(['utf-16le', 'utf-16be'] as const)(
    'is known without a mark, also where few characters are ASCII: %s',
    async (encoding) => {
      const lines = Array.from(
        { length: 40 },
        (_, i) => `${i},東京都千代田区丸の内,佐藤花子さん高橋\n`,
      ).join('');
      const { text } = await readAs(encode(`番号,住所,名前\n${lines}`, encoding));
      expect(text).toBe(`番号,住所,名前\n${lines}`);
    },
  );

  it('of a few NUL characters in a plain file is still UTF-8', async () => {
    const { encoding } = await guessEncoding(
      new TextEncoder().encode(`a,b\n${'1\0,2\n'.repeat(9)}${'3,4\n'.repeat(300)}`),
    );
    expect(encoding).toBe('utf-8');
  });

  it('is UTF-8 where a few lines are broken: they are set aside, the others keep their letters', async () => {
    const good = Array.from({ length: 30 }, (_, i) => `${i};Größe;Müller\n`).join('');
    const bytes = new Uint8Array([
      ...encode(`id;a;b\n${good}`, 'utf-8'),
      ...encode('31;Köln;x\n', 'windows-1252'),
      ...encode('32;Öl;y\n', 'utf-8'),
    ]);
    const it = await asideOf(bytes);
    expect(it).toMatchObject({ encoding: 'utf-8', aside: [['bad-encoding', 1]] });
    expect(it.confidence).toBeLessThan(0.7);
    expect(it.reason).toContain('1 broken place');
  });

  it('never fills in for bytes that mean nothing: the record is set aside', async () => {
    const names = encode(
      'id,name\n' + '1,田中太郎\n2,カメラ\n3,佐藤花子\n'.repeat(20_000),
      'shift_jis',
    );
    const broken = names.slice();
    const at = Math.floor(broken.length * 0.93);
    broken.set([0x2c, 0xfd, 0xfe, 0x0a], broken.indexOf(0x2c, at)); // between the slices that are looked at
    const it = await asideOf(broken);
    expect(it.encoding).toBe('shift_jis');
    expect(it.aside.map(([reason]) => reason)).toContain('bad-encoding');
  });

  it.each([
    ['UTF-8 cut inside a character', encode('id,name\n1,Zoë\n2,Anaïs\n3,é', 'utf-8').slice(0, -1)],
    [
      'UTF-16 cut inside a character',
      encode('id,name\n1,Zoë\n2,Anaïs\n3,é', 'utf-16le', true).slice(0, -1),
    ],
  ])('of a file that was cut off sets the last record aside: %s', async (_, bytes) => {
    expect((await asideOf(bytes)).aside).toEqual([['bad-encoding', 1]]);
  });

  it('UTF-32 is refused by its name', async () => {
    const bytes = new Uint8Array([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]);
    await expect(guessEncoding(bytes)).rejects.toMatchObject({ code: 'format-unsupported' });
  });

  it('has a name for people and a decoder, whichever is claimed', () => {
    for (const { encoding } of encodings) {
      expect(decode(Uint8Array.of(0x41, 0x20, 0x42, 0x20), encoding)).not.toBe('');
      expect(encodingName(encoding)).not.toBe(encoding);
    }
    expect(encodings.length).toBeGreaterThanOrEqual(20);
  });

  it('is answered for any bytes, and each answer reads them', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const bytes = Uint8Array.from(
        { length: 300 },
        (_, i) => 32 + ((seed * 7919 + i * i * (seed + 31)) % 224),
      );
      const { encoding, confidence } = await guessEncoding(bytes);
      expect(decode(bytes, encoding).length).toBeGreaterThan(0);
      expect(confidence >= 0 && confidence <= 1).toBe(true);
    }
    expect(isUtf8(new TextEncoder().encode('ä'))).toBe(true);
  });
});
