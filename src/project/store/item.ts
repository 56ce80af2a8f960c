import type { Blobs } from './blobs.ts';
import type { Folder } from './folder.ts';
import { readManifest } from './manifest.ts';
import type { ProjectItem } from './types.ts';

/** One line of the list; null for what was never acknowledged or is being purged. */
export async function itemOf(
  folder: Folder,
  id: string,
  blobs: Blobs,
): Promise<ProjectItem | null> {
  const manifest = await readManifest(folder);
  if ('state' in manifest) return manifest.state === 'unreadable' ? { id, ...manifest } : null;
  const { meta, document, generation, damage } = manifest;
  const sizes = await Promise.all(meta.blobs.map((sha256) => blobs.size(sha256)));
  const bytes = sizes.reduce<number>((sum, size) => sum + (size ?? 0), document.length);
  const older = damage !== null && damage.lost !== 'spare';
  const { undo: _ofTheOpenOne, ...shown } = meta;
  return { ...shown, generation, bytes, state: older ? 'older' : 'whole' };
}
