import { openEngine } from '../db/open.ts';
import type { Engine } from '../db/query.ts';
import { memoryLimit } from '../db/settings.ts';
import { engineUrl } from '../db/engine-url.ts';

/** The database of this tab. It starts at its first statement. */
export function openAppEngine(
  startWorker: () => Worker,
  onRestart: (sentence: string) => void,
): Engine {
  return openEngine({
    startWorker,
    wasmUrl: engineUrl,
    memoryLimit: limitBytes(),
    onRestart,
  });
}

/** What the database may hold on this device. */
export function limitBytes(): number {
  const device = navigator as Navigator & { readonly deviceMemory?: number }; // not in every browser, so not in the type library
  return memoryLimit(device.deviceMemory);
}
