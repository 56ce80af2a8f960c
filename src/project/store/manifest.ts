import { TesseraError } from '../../lib/errors.ts';
import type { Bytes, Folder } from './folder.ts';
import { withRoom } from './full.ts';
import { readSlot, writeSlot, type SlotState } from './slot.ts';
import type { Damage, Meta, Reading } from './types.ts';

/** What a slot holds: one line of JSON, then the document as it was given. A tombstone is a project that is being purged. */
type Held = { readonly meta: Meta | 'tombstone'; readonly document: string };

/** `unfinished`: made but never acknowledged, or purged; `unreadable`: neither slot is whole, and `name` is what it seems to be called. */
export type Manifest =
  | Reading
  | { readonly state: 'unfinished' }
  | { readonly state: 'unreadable'; readonly name: string | null };

const names = ['a', 'b'] as const;

/** The newest whole state of a project, and what of it could not be read. Nothing is changed. */
export async function readManifest(folder: Folder): Promise<Manifest> {
  const { states, newest, damage, began } = await look(folder);
  if (newest) {
    const { meta, document } = unpack(newest.payload);
    if (meta === 'tombstone') return { state: 'unfinished' };
    return { generation: newest.generation, meta, document, damage };
  }
  if (!began) return { state: 'unfinished' };
  return { state: 'unreadable', name: states.reduce(nameIn, null) };
}

/** Throws `project-missing` or `project-damaged`, with its name. */
export async function readWhole(folder: Folder, id: string): Promise<Reading> {
  const manifest = await readManifest(folder);
  if ('meta' in manifest) return manifest;
  if (manifest.state === 'unfinished') throw new TesseraError('project-missing', `Project ${id}`);
  const name = manifest.name === null ? id : `“${manifest.name}”`;
  throw new TesseraError('project-damaged', `${name}: neither of its two saved states is whole.`);
}

/** Stored files that any whole state names, the older one too: it may be the one that is offered one day. */
export async function namedBlobs(folder: Folder): Promise<readonly string[]> {
  const { states } = await look(folder);
  const held = states.flatMap((slot) => (slot.state === 'whole' ? [unpack(slot.payload)] : []));
  return held.flatMap(({ meta }) => (meta === 'tombstone' ? [] : meta.blobs));
}

/**
 * Writes the state after `after` (0: the first) into the other slot; resolves when it is on the disk, to its number.
 * Throws `project-elsewhere` where the newest state is not `after`: somebody else wrote it. Throws `project-damaged` where
 * it would write over a damaged slot that may be the newest: `setAside` first. After any throw the state before it is whole.
 */
export async function writeManifest(
  folder: Folder,
  after: number,
  meta: Meta,
  document: string,
): Promise<number> {
  const payload = pack({ meta, document });
  return withRoom(payload.length, `Saving “${meta.name}”`, () => write(folder, after, payload));
}

/** Both slots forget what they held, so that no half of a purge can bring it back; what is left is an unfinished project. */
export async function bury(folder: Folder): Promise<void> {
  const payload = pack({ meta: 'tombstone', document: '' });
  for (let slots = 0; slots < names.length; slots++) {
    const { newest } = await look(folder);
    if (newest) await write(folder, newest.generation, payload);
  }
}

/** Puts a damaged slot beside the others, so that the project can be written again and nothing is thrown away. */
export async function setAside(folder: Folder): Promise<void> {
  const { newest, damage } = await look(folder);
  if (!newest || !damage) return;
  await folder.move(damage.slot, `${damage.slot}.damaged-${newest.generation}`);
}

async function write(folder: Folder, after: number, payload: Bytes): Promise<number> {
  const { states, newest, damage, began } = await look(folder);
  if ((newest?.generation ?? 0) !== after)
    throw new TesseraError(
      'project-elsewhere',
      `State ${newest?.generation ?? 0} is there; state ${after} was expected.`,
    );
  if (damage ? damage.lost !== 'spare' : !newest && began)
    throw new TesseraError('project-damaged', 'A damaged part would be written over.');
  const spare = newest && states[0] === newest ? 'b' : 'a';
  const slot = await folder.open(spare);
  try {
    await writeSlot(slot, after + 1, payload);
  } finally {
    slot.close();
  }
  return after + 1;
}

type Whole = Extract<SlotState, { readonly state: 'whole' }>;
type Look = {
  readonly states: readonly SlotState[];
  readonly newest: Whole | null;
  readonly damage: Damage | null;
  /** A state was once acknowledged here: the second slot is only made after the first counts. */
  readonly began: boolean;
};

async function look(folder: Folder): Promise<Look> {
  const states = await Promise.all(names.map((name) => readSlot(folder, name)));
  const whole = states.filter((slot) => slot.state === 'whole');
  const newest = whole.reduce<Whole | null>(
    (best, slot) => (best && best.generation > slot.generation ? best : slot),
    null,
  );
  const began = states.some(
    (slot, i) => slot.state === 'damaged' || slot.state === 'whole' || (i === 1 && slot.exists),
  );
  return { states, newest, damage: newest ? damageBeside(newest, states) : null, began };
}

function damageBeside(newest: Whole, states: readonly SlotState[]): Damage | null {
  for (const [i, name] of names.entries()) {
    const slot = states[i];
    if (slot?.state !== 'damaged') continue;
    const { generation } = slot;
    if (generation === null) return { slot: name, lost: 'unknown' };
    return { slot: name, lost: generation > newest.generation ? 'newest' : 'spare' };
  }
  return null;
}

/** Best effort: the payload is damaged, but perhaps not there. */
function nameIn(found: string | null, slot: SlotState): string | null {
  if (found !== null || slot.state !== 'damaged') return found;
  const [line = ''] = new TextDecoder().decode(slot.payload.subarray(0, 4096)).split('\n');
  return /"name":"([^"\\]{1,200})"/.exec(line)?.[1] ?? null;
}

const pack = ({ meta, document }: Held): Bytes =>
  new TextEncoder().encode(`${JSON.stringify(meta)}\n${document}`);

function unpack(payload: Bytes): Held {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(payload);
  const end = text.indexOf('\n');
  const meta = JSON.parse(text.slice(0, end)) as Held['meta']; // under a checksum: as `pack` wrote it
  return { meta, document: text.slice(end + 1) };
}
