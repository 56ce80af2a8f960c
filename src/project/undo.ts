import * as v from 'valibot';
import type { Past } from './history.svelte.ts';
import { settingsSchema, short } from './settings.ts';
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
  let [from, to, size] = [at, at, 0];
  const fits = (place: number) => {
    const step = steps[place];
    if (!step || filesOf(step.value) !== files || to - from >= MOST_STEPS) return false;
    size += JSON.stringify(step).length;
    return size <= MOST_CHARACTERS;
  };
  while (fits(from - 1)) from--;
  while (fits(to + 1)) to++;
  return from === to ? '' : JSON.stringify({ at: at - from, steps: steps.slice(from, to + 1) });
}

/** The steps that were kept, with `current` as the present one; null where there are none or they are not whole. */
export function unpackUndo(text: string, current: Settings): Past<Settings> | null {
  if (text === '' || text.length > 2 * MOST_CHARACTERS) return null;
  const found = v.safeParse(schema, parsed(text));
  if (!found.success || found.output.at >= found.output.steps.length) return null;
  const { at, steps } = found.output;
  return { at, steps: steps.map((step, i) => (i === at ? { ...step, value: current } : step)) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // refused by the schema
  }
}

const filesOf = (settings: Settings | undefined): string =>
  JSON.stringify([...new Set(settings?.files.sources.flatMap(({ files }) => files))].sort());
