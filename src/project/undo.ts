import * as v from 'valibot';
import type { Past } from './history.svelte.ts';
import type { Version } from '../segments/hands/versions.ts';
import { short } from './schema-pieces.ts';
import { settingsSchema } from './settings.ts';
import type { Settings } from './types.ts';

/** Of all steps together, in characters: they are written with every save. */
const MOST_CHARACTERS = 200_000;
const MOST_STEPS = 50;

const schema = v.strictObject({
  at: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  steps: v.pipe(
    v.array(v.strictObject({ label: short, value: settingsSchema })),
    v.minLength(2),
    v.maxLength(MOST_STEPS + 1),
    v.readonly(),
  ),
});

/**
 * The steps around the present one as text, nearest first while there is room; '' where there are none. Steps over other files than
 * the present ones are left out: the project keeps those files only while it is open.
 */
export function packUndo({ at, steps }: Past<Settings>): string {
  const files = filesOf(steps[at]?.value);
  const present = steps[at]?.value.segments.versions ?? [];
  const slim = steps.map((step) => ({
    ...step,
    value: withLong(step.value, (version) => {
      const kept = same(version, present);
      const labels = kept?.labels === version.labels ? '' : version.labels;
      // a version of the same customers may have them for it: then they are with the present step too
      const isKnown = present.some(({ ids, who }) => ids === version.ids && who === version.who);
      return { labels, ...(version.who !== undefined && { who: isKnown ? '' : version.who }) };
    }),
  }));
  let [from, to, size] = [at, at, 0];
  const fits = (place: number) => {
    const step = slim[place];
    if (!step || filesOf(step.value) !== files || to - from >= MOST_STEPS) return false;
    size += JSON.stringify(step).length;
    return size <= MOST_CHARACTERS;
  };
  while (fits(from - 1)) from--;
  while (fits(to + 1)) to++;
  return from === to ? '' : JSON.stringify({ at: at - from, steps: slim.slice(from, to + 1) });
}

/** The steps that were kept, with `current` as the present one; null where there are none or they are not whole. */
export function unpackUndo(text: string, current: Settings): Past<Settings> | null {
  if (text === '' || text.length > 2 * MOST_CHARACTERS) return null;
  const found = v.safeParse(schema, parsed(text));
  if (!found.success || found.output.at >= found.output.steps.length) return null;
  const { at, steps } = found.output;
  const present = current.segments.versions ?? [];
  const longOf = (version: Version): Long => {
    const kept = present.find(({ ids, who }) => ids === version.ids && who !== undefined)?.who;
    return {
      labels: version.labels || (same(version, present)?.labels ?? ''),
      ...(version.who !== undefined && { who: version.who || (kept ?? '') }),
    };
  };
  return {
    at,
    steps: steps.map((step, i) => ({
      ...step,
      value: i === at ? current : withLong(step.value, longOf),
    })),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // refused by the schema
  }
}

const same = (version: Version, others: readonly Version[]): Version | undefined =>
  others.find(
    ({ name, on, ids }) => name === version.name && on === version.on && ids === version.ids,
  );

type Long = Pick<Version, 'labels' | 'who'>;

/** Labels and hashes of versions are long, and those that the present step has are written with it: other steps leave them out. */
function withLong(settings: Settings, long: (version: Version) => Long): Settings {
  const { versions } = settings.segments;
  if (!versions) return settings;
  const next = versions.map((version) => ({ ...version, ...long(version) }));
  return { ...settings, segments: { ...settings.segments, versions: next } };
}

const filesOf = (settings: Settings | undefined): string =>
  JSON.stringify([...new Set(settings?.files.sources.flatMap(({ files }) => files))].sort());
