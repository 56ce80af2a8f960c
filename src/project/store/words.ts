import { bytes, plural } from '../../lib/format.ts';
import { explain } from '../../lib/errors.ts';
import type { Damage, Usage } from './types.ts';
import { BIN_DAYS } from './types.ts';

/** `saved` only after the flush; `not-stored`: there is no project on the disk, or no disk. */
export type Saved = 'saved' | 'saving' | 'failed' | 'read-only' | 'not-stored';

/** For the top bar. */
export function savedWords(saved: Saved, error: unknown): string {
  if (saved === 'saved') return 'Saved';
  if (saved === 'saving') return 'Saving…';
  if (saved === 'failed') return `Not saved. ${explain(error)}`;
  if (saved === 'read-only')
    return 'Read-only: another tab has this project open. Changes made here are not saved.';
  return 'Not stored. Export a .tessera file to keep your decisions.';
}

/** What may happen to what is stored, and what to do. Browsers: storage.spec.whatwg.org; Safari: webkit.org storage policy. */
export function keepWords(persisted: boolean | null): string {
  if (persisted) return 'The browser keeps your projects until you delete them.';
  return 'The browser may clear stored projects when the disk runs low (Safari: after 7 days without a visit). Export a .tessera file as a backup.';
}

export function usageWords({ used, quota }: Usage): string {
  if (used === null || quota === null) return 'The browser does not say how much room is left.';
  return `${bytes(used)} of ${bytes(quota)} used`;
}

const DAY_MS = 86_400_000;

/** "Last backup 3 days ago"; both are ISO times. */
export function backupWords(backedUpAt: string | null, now: string): string {
  if (!backedUpAt) return 'No backup yet';
  const days = Math.floor((Date.parse(now) - Date.parse(backedUpAt)) / DAY_MS);
  return days <= 0 ? 'Last backup today' : `Last backup ${plural(days, 'day')} ago`;
}

/** How long a project stays in the bin. */
export function binWords(removedAt: string, now: string): string {
  const gone = Math.floor((Date.parse(now) - Date.parse(removedAt)) / DAY_MS);
  return `${plural(Math.max(0, BIN_DAYS - gone), 'day')} left`;
}

/** What could not be read, what is safe. `whole` is the time of the state that is offered, as a person reads it. */
export function damageWords({ lost }: Damage, name: string, whole: string): string {
  if (lost === 'spare')
    return `An earlier state of “${name}” is damaged on this device. The newest one, of ${whole}, is whole, and the next save replaces the damaged one.`;
  const which = lost === 'newest' ? 'The state saved last' : 'A saved state, perhaps the last one,';
  return `${which} of “${name}” is damaged on this device. The state of ${whole} is whole and shown here, read-only. Nothing was overwritten. Go on from it, or open your last .tessera file.`;
}

/** ISO → "22 Nov 2026, 14:03", in the person's own time zone. */
export const moment = (iso: string): string =>
  new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** One or two words where there is no room for the sentence. */
export const savedMark: Readonly<Record<Saved, string>> = {
  saved: 'Saved',
  saving: 'Saving…',
  failed: 'Not saved',
  'read-only': 'Read-only',
  'not-stored': 'Not stored',
};
