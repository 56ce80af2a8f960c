import { count } from '../../lib/format.ts';
import type { Partition } from '../partition.ts';

/**
 * The partition of a method that names its groups itself. `places` [rows] is the place in `names` of each customer, or −1; places of one
 * name are one group, in the order in which names first come, and names that nobody has make no group but are said.
 */
export function namedPartition(
  places: Int32Array,
  names: readonly string[],
  words: string,
): Partition {
  const sizes = new Map<string, number>(names.map((name) => [name, 0]));
  for (const place of places)
    if (place >= 0) sizes.set(names[place]!, sizes.get(names[place]!)! + 1);
  const kept = [...sizes.keys()].filter((name) => sizes.get(name)! > 0);
  const empty = [...sizes.keys()].filter((name) => sizes.get(name) === 0);
  const groupOf = names.map((name) => kept.indexOf(name));
  const none = empty.length > 0 ? ` Nobody is in ${listed(empty)}.` : '';
  return {
    labels: Int32Array.from(places, (place) => (place < 0 ? -1 : groupOf[place]!)),
    groups: kept.length,
    belongs: null,
    oddness: null,
    names: kept,
    words: words + none,
  };
}

/** "Lost", "Lost and New", "Lost, New and 3 more". */
export function listed(names: readonly string[], most = 3): string {
  const shown =
    names.length > most + 1
      ? [...names.slice(0, most), `${count(names.length - most)} more`]
      : names;
  return shown.length < 2
    ? (shown[0] ?? '')
    : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
