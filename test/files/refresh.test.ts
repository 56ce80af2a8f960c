import { createHash } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { lookAgain, type FileDoor, type KnownFile } from '../../src/files/refresh.ts';
import { fingerprint } from '../../src/files/scan.ts';

const text = 'id,amount\n1,5\n';
const fileWith = (content: string, lastModified: number, name = 'orders.csv') =>
  new File([content], name, { lastModified });
const known: KnownFile = {
  name: 'orders.csv',
  bytes: text.length,
  lastModified: 1000,
  sha256: createHash('sha256').update(text).digest('hex'),
};
const behind = (file: File, permission?: PermissionState): FileDoor => ({
  getFile: async () => file,
  ...(permission ? { queryPermission: async () => permission } : {}),
});
const failing = (name: string): FileDoor => ({
  getFile: () => Promise.reject(new DOMException('no', name)),
});
const read = () => vi.fn((file: File) => fingerprint(file));

it('a file of the same size and date is the same, and is not read', async () => {
  const hash = read();
  const found = await lookAgain(behind(fileWith(text, 1000), 'granted'), known, hash);
  expect(found).toMatchObject({
    state: 'same',
    words: '“orders.csv” is as it was when it was read.',
  });
  expect(hash).not.toHaveBeenCalled();
});

it('a file of another size has changed, and is not read', async () => {
  const hash = read();
  const found = await lookAgain(behind(fileWith(`${text}2,6\n`, 2000)), known, hash);
  expect(found.state).toBe('changed');
  expect(found.words).toContain('it is 4 B larger');
  expect((await lookAgain(fileWith('id', 1000), known, hash)).words).toContain('smaller');
  expect(hash).not.toHaveBeenCalled();
});

it('a file of the same size but another date is told by its fingerprint', async () => {
  const hash = read();
  const saved = await lookAgain(behind(fileWith(text, 2000)), known, hash);
  expect(saved).toMatchObject({ state: 'same', words: expect.stringContaining('saved again') });
  const edited = await lookAgain(behind(fileWith(text.replace('5', '6'), 2000)), known, hash);
  expect(edited).toMatchObject({
    state: 'changed',
    words: expect.stringContaining('has the same size'),
  });
  expect(hash).toHaveBeenCalledTimes(2);
});

it('a file picked again under another name, or known without a date, is told by its fingerprint', async () => {
  const renamed = await lookAgain(fileWith(text, 1000, 'copy.csv'), known, fingerprint);
  expect(renamed).toMatchObject({
    state: 'same',
    words: '“copy.csv” holds the same as “orders.csv”, which was read.',
  });
  const undated = { ...known, lastModified: null };
  expect((await lookAgain(fileWith(text, 1000), undated, fingerprint)).state).toBe('same');
  const other = await lookAgain(fileWith('id,amount\n9,9\n', 1000, 'b.csv'), known, fingerprint);
  expect(other).toMatchObject({
    state: 'changed',
    words: expect.stringContaining('“b.csv” is another file'),
  });
});

it('a file whose date went back with other content is not taken for the same', async () => {
  const found = await lookAgain(fileWith(text.replace('5', '7'), 999), known, fingerprint);
  expect(found.state).toBe('changed');
});

it('a file that was moved, closed or held says so', async () => {
  const states = await Promise.all(
    ['NotFoundError', 'NotAllowedError', 'SecurityError', 'NotReadableError'].map(
      async (name) => (await lookAgain(failing(name), known, fingerprint)).state,
    ),
  );
  expect(states).toEqual(['gone', 'needs-permission', 'needs-permission', 'gone']);
});

it('a file that the browser guards is not opened before it is allowed', async () => {
  const door = { ...behind(fileWith(text, 1000), 'prompt'), getFile: vi.fn() };
  expect((await lookAgain(door, known, fingerprint)).state).toBe('needs-permission');
  expect(door.getFile).not.toHaveBeenCalled();
  const denied = behind(fileWith(text, 1000), 'denied');
  expect((await lookAgain(denied, known, fingerprint)).state).toBe('needs-permission');
});

it('any other failure is not taken for an answer', async () => {
  await expect(lookAgain(failing('AbortError'), known, fingerprint)).rejects.toMatchObject({
    name: 'AbortError',
  });
});
