/** What wants to stand on the map: its anchor in pixels, how wide its name is, and how much it matters (larger first). */
export type LabelWish = {
  readonly group: number;
  readonly x: number;
  readonly y: number;
  /** Width of the name in pixels, without the tile. */
  readonly text: number;
  readonly weight: number;
  /** Its words are all it says: where they find no room, it has no label. Does not count among the names. */
  readonly wordsOnly?: boolean;
};

/** Top left corner of a label; without `named`, only the letter's tile stands. */
export type PlacedLabel = {
  readonly group: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly named: boolean;
};

/** Part of the screen, in pixels. */
export type Room = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

export const tileSize = 18;
export const labelHeight = 24;
const gap = 6;
/** More names than this hide the points: the others are tiles, and say their names when they are pointed at or chosen. */
const mostNamed = 14;

/** Where a label may stand around its anchor, in steps of its own height and half width: nearest first. */
const around = [
  [0, 0],
  [0, -1],
  [0, 1],
  [0, -2],
  [0, 2],
  [0.6, -1],
  [-0.6, -1],
  [0.6, 1],
  [-0.6, 1],
  [1, 0],
  [-1, 0],
] as const;

/**
 * Places labels so that none covers another or what is `taken`, and none leaves the screen. The heaviest choose first; one that finds no room shrinks to its
 * tile, then goes: so the smallest are dropped first. Of many only the largest have names. Anchors out of sight have no label. O(labels²).
 */
export function placeLabels(
  wishes: readonly LabelWish[],
  { width, height }: { readonly width: number; readonly height: number },
  taken: readonly Room[] = [],
): PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  const isFree = (x: number, y: number, wide: number) =>
    taken.every(
      (room) =>
        x + wide <= room.x ||
        room.x + room.width <= x ||
        y + labelHeight <= room.y ||
        room.y + room.height <= y,
    ) &&
    placed.every(
      (other) =>
        x + wide + 4 <= other.x ||
        other.x + other.width + 4 <= x ||
        y + labelHeight <= other.y ||
        other.y + labelHeight <= y,
    );
  const tryAll = (wish: LabelWish, named: boolean): PlacedLabel | undefined => {
    const wide = named ? tileSize + gap + wish.text : tileSize;
    for (const [dx, dy] of around) {
      const x = Math.round(wish.x - wide / 2 + (dx * wide) / 2);
      const y = Math.round(wish.y - labelHeight / 2 + dy * labelHeight);
      const inside = Math.min(Math.max(4, x), Math.max(4, width - wide - 4));
      const level = Math.min(Math.max(4, y), Math.max(4, height - labelHeight - 4));
      if (isFree(inside, level, wide))
        return { group: wish.group, x: inside, y: level, width: wide, named };
    }
    return undefined;
  };
  let named = 0;
  const inSight = wishes.filter(({ x, y }) => x >= 0 && y >= 0 && x <= width && y <= height);
  for (const wish of [...inSight].sort((a, b) => b.weight - a.weight || a.group - b.group)) {
    const isNamed = wish.wordsOnly || named < mostNamed || wish.weight === Infinity;
    const label = (isNamed && tryAll(wish, true)) || (!wish.wordsOnly && tryAll(wish, false));
    if (label && label.named && !wish.wordsOnly) named++;
    if (label) placed.push(label);
  }
  return placed;
}
