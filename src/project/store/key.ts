import { argon2id } from 'hash-wasm';
import { TesseraError } from '../../lib/errors.ts';
import type { Bytes } from './folder.ts';

/** What a key from a passphrase costs: Argon2id (RFC 9106). */
export type KdfCost = {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
};

/** What Tessera writes, and the least that it opens: 64 MiB, 3 passes. */
export const KDF: KdfCost = { memoryKiB: 65_536, passes: 3, lanes: 1 };
/** The most that it opens: a file may not make the tab run out of memory or time. */
const MOST: KdfCost = { memoryKiB: 1_048_576, passes: 16, lanes: 16 };

/** Throws `backup-weak` below `KDF`, `backup-invalid` above what is reasonable; nothing is computed. */
export function requireCost({ memoryKiB, passes, lanes }: KdfCost): void {
  const said = `Its key costs ${memoryKiB} KiB, ${passes} passes, ${lanes} lanes.`;
  if (memoryKiB < KDF.memoryKiB || passes < KDF.passes || lanes < KDF.lanes)
    throw new TesseraError('backup-weak', said);
  if (memoryKiB > MOST.memoryKiB || passes > MOST.passes || lanes > MOST.lanes)
    throw new TesseraError('backup-invalid', said);
}

/** The check value tells a wrong passphrase from a damaged file, and nothing about the key. */
export type Keys = { readonly key: CryptoKey; readonly check: Bytes };

/** About half a second and `memoryKiB` of memory. */
export async function keysOf(
  passphrase: string,
  salt: Bytes,
  { memoryKiB, passes, lanes }: KdfCost,
): Promise<Keys> {
  const secret = await argon2id({
    password: passphrase.normalize('NFKC'), // the same on every keyboard
    salt,
    memorySize: memoryKiB,
    iterations: passes,
    parallelism: lanes,
    hashLength: 32,
    outputType: 'binary',
  });
  const from = await crypto.subtle.importKey('raw', new Uint8Array(secret), 'HKDF', false, [
    'deriveBits',
  ]);
  const derive = async (info: string, bits: number) => {
    const about = { salt: new Uint8Array(), info: new TextEncoder().encode(info) };
    return crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', ...about }, from, bits);
  };
  const raw = await derive('tessera key', 256);
  return {
    key: await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']),
    check: new Uint8Array(await derive('tessera check', 128)),
  };
}
