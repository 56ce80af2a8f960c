import { TesseraError } from '../../lib/errors.ts';
import type { Job } from '../../lib/job.ts';
import type { Bytes } from './folder.ts';
import { KDF, keysOf, requireCost, type KdfCost } from './key.ts';
import { digest, same } from './slot.ts';

/**
 * A file under a passphrase. Key: Argon2id (RFC 9106), then HKDF-SHA-256 into an AES-256 key and a check value. Body:
 * AES-256-GCM in pieces of 1 MiB, nonce = prefix (7) ‖ number (uint32, big-endian) ‖ 1 for the last, the head as
 * associated data: STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015), so no piece can be changed, moved, dropped or added.
 *
 * Head, 100 bytes, little-endian: `TESSERA-LOCKED-1`, memory in KiB, passes, lanes (uint32 each), salt (16), nonce
 * prefix (7), a zero, check value (16), and the SHA-256 of all that, which tells a damaged head
 * from a wrong passphrase.
 */
const MAGIC = new TextEncoder().encode('TESSERA-LOCKED-1');
const AT = { memory: 16, passes: 20, lanes: 24, salt: 28, prefix: 44, check: 52, digest: 68 };
const HEAD = 100;
const PIECE = 1024 * 1024;
const TAG = 16;

/** True if the file is locked; nothing else of it is looked at. */
export async function isSealed(file: Blob): Promise<boolean> {
  return same(new Uint8Array(await file.slice(0, MAGIC.length).arrayBuffer()), MAGIC);
}

/** `random` gives as many bytes as asked for, never the same twice. O(bytes), and about half a second for the key. */
export async function seal(
  file: Blob,
  passphrase: string,
  random: (size: number) => Bytes,
  job: Job,
): Promise<Blob> {
  const head = new Uint8Array(HEAD);
  const view = new DataView(head.buffer);
  head.set(MAGIC);
  view.setUint32(AT.memory, KDF.memoryKiB, true);
  view.setUint32(AT.passes, KDF.passes, true);
  view.setUint32(AT.lanes, KDF.lanes, true);
  head.set(random(16), AT.salt);
  head.set(random(7), AT.prefix);
  job.progress('Making the key', 0, 1);
  const { key, check } = await keysOf(passphrase, head.slice(AT.salt, AT.prefix), costOf(head));
  head.set(check, AT.check);
  head.set(await digest(head.subarray(0, AT.digest)), AT.digest);
  const parts: Blob[] = [new Blob([head])];
  const pieces = Math.max(1, Math.ceil(file.size / PIECE));
  for (let piece = 0; piece < pieces; piece++) {
    job.progress('Locking', piece, pieces);
    await job.breathe();
    const plain = await file.slice(piece * PIECE, (piece + 1) * PIECE).arrayBuffer();
    const how = gcm(head, piece, piece === pieces - 1);
    parts.push(new Blob([await crypto.subtle.encrypt(how, key, plain)]));
  }
  return new Blob(parts);
}

/**
 * Throws `backup-weak` for a cost below `KDF`, `passphrase-wrong`, and `backup-damaged` for every changed, missing, added
 * or moved byte. Nothing is given out before all of it was checked.
 */
export async function unseal(file: Blob, passphrase: string, job: Job): Promise<Blob> {
  const head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  if (head.length < HEAD) throw damaged('its head is cut off');
  if (!same(head.subarray(AT.digest), await digest(head.subarray(0, AT.digest))))
    throw damaged('its head was changed');
  requireCost(costOf(head));
  job.progress('Making the key', 0, 1);
  const { key, check } = await keysOf(passphrase, head.slice(AT.salt, AT.prefix), costOf(head));
  if (!same(check, head.subarray(AT.check, AT.digest)))
    throw new TesseraError('passphrase-wrong', 'Nothing was opened.');
  const body = file.slice(HEAD);
  const pieces = Math.max(1, Math.ceil(body.size / (PIECE + TAG)));
  const parts: Blob[] = [];
  for (let piece = 0; piece < pieces; piece++) {
    job.progress('Unlocking', piece, pieces);
    await job.breathe();
    const locked = body.slice(piece * (PIECE + TAG), (piece + 1) * (PIECE + TAG));
    const how = gcm(head, piece, piece === pieces - 1);
    try {
      parts.push(new Blob([await crypto.subtle.decrypt(how, key, await locked.arrayBuffer())]));
    } catch (cause) {
      throw damaged(`piece ${piece + 1} of ${pieces} was changed`, cause);
    }
  }
  return new Blob(parts);
}

function gcm(head: Bytes, piece: number, last: boolean): AesGcmParams {
  const iv = new Uint8Array(12);
  iv.set(head.subarray(AT.prefix, AT.prefix + 7));
  new DataView(iv.buffer).setUint32(7, piece);
  iv[11] = last ? 1 : 0;
  return { name: 'AES-GCM', iv, additionalData: head, tagLength: 8 * TAG };
}

function costOf(head: Bytes): KdfCost {
  const view = new DataView(head.buffer, head.byteOffset);
  const at = (place: number) => view.getUint32(place, true);
  return { memoryKiB: at(AT.memory), passes: at(AT.passes), lanes: at(AT.lanes) };
}

const damaged = (detail: string, cause?: unknown) =>
  new TesseraError('backup-damaged', `The locked file: ${detail}.`, { cause });
