import type { Blobs } from './blobs.ts';
import type { ProjectFolders } from './folders.ts';
import type { Held } from './held.ts';
import { namedBlobs, readManifest } from './manifest.ts';

type Swept = { readonly folders: ProjectFolders; readonly blobs: Blobs; readonly held: Held };

/**
 * Removes what an interrupted save, import or purge left behind, and files that no state of any project names and no tab
 * holds. No file goes while a project cannot be read whole: it may name them. False where files stayed for that reason.
 * To be called with the whole store to oneself.
 */
export async function sweep({ folders, blobs, held }: Swept): Promise<boolean> {
  const named = new Set<string>();
  let whole = true;
  for (const id of await folders.ids()) {
    const unfinished = await folders.alone(id, async (folder) => {
      const manifest = await readManifest(folder);
      if ('state' in manifest) {
        whole &&= manifest.state === 'unfinished';
        return manifest.state === 'unfinished';
      }
      whole &&= !manifest.damage;
      for (const sha256 of await namedBlobs(folder)) named.add(sha256);
      return false;
    });
    if (unfinished) await folders.remove(id);
  }
  const { kept, left } = await blobs.names();
  for (const name of left) await blobs.remove(name);
  const unnamed = kept.filter((sha256) => !named.has(sha256));
  for (const sha256 of whole ? unnamed : [])
    await held.unlessHeld(sha256, () => blobs.remove(sha256));
  return whole || unnamed.length === 0;
}
