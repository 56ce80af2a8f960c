import type { Part } from './formats/types.ts';
import type { GivenFile } from './given.ts';
import type { Opened } from './open.ts';
import { sameShape } from './set.ts';
import type { FilesSettings, SourceSettings } from './types.ts';

/** What has to be asked of the files before it can be said which tables they hold. */
export type Look = {
  parts(given: GivenFile): Promise<readonly Part[]>;
  open(given: GivenFile, part: readonly string[]): Promise<Opened>;
};

type Found = {
  readonly key: string;
  readonly part: readonly string[];
  readonly opened: () => Promise<Opened>;
};

/**
 * The tables of the project with those of new files added: one for each table found in them; tables of the same shape that came
 * together (twelve months, a folder of exports) become one, in the order of their names.
 */
export async function propose(
  files: readonly GivenFile[],
  { sources }: FilesSettings,
  look: Look,
): Promise<FilesSettings> {
  const found: Found[] = [];
  for (const given of [...files].sort((a, b) => byName(a.file.name, b.file.name)))
    for (const { path } of await look.parts(given))
      found.push({ key: given.key, part: path, opened: () => look.open(given, path) });
  let next = sources.reduce((most, { id }) => Math.max(most, Number(id.slice(1))), 0);
  const groups = found.length > 1 ? await grouped(found) : found.map((one) => [one]);
  const added = groups.map((group): SourceSettings => ({
    id: `t${++next}`,
    files: group.map(({ key }) => key),
    part: group[0]!.part,
  }));
  return { sources: [...sources, ...added] };
}

/** Only whole files are put together: parts of one workbook are tables of their own, even if they look alike. */
async function grouped(found: readonly Found[]): Promise<readonly (readonly Found[])[]> {
  const groups: { readonly opened: Opened; readonly members: Found[] }[] = [];
  for (const one of found) {
    const opened = await one.opened();
    const fellow = groups.find(
      (group) =>
        one.part.length === 0 &&
        group.members[0]!.part.length === 0 &&
        sameShape([group.opened, opened]),
    );
    if (fellow) fellow.members.push(one);
    else groups.push({ opened, members: [one] });
  }
  return groups.map(({ members }) => members);
}

const order = new Intl.Collator('en', { numeric: true });
const byName = (a: string, b: string): number => order.compare(a, b);
