import { turned } from './measure.ts';
import type { Join, JoinKey, TypedTable } from './types.ts';

/** Pixels. A box: its head, the choice of its kind, and a row for each column that a join uses. */
export const box = { width: 216, head: 68, row: 20, foot: 8, gap: 24 } as const;
/** Between two layers, where the marks of the joins stand. */
export const lane = { width: 168, mark: 32 } as const;

export type Placed = {
  readonly table: TypedTable;
  readonly keys: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly height: number;
};
export type Line = {
  /** As it is met from the spine: the nearer table is its left side. */
  readonly join: Join;
  /** SVG path from one box to the other through the mark. */
  readonly path: string;
  /** Middle of the mark. */
  readonly x: number;
  readonly y: number;
};
export type Layout = {
  readonly boxes: readonly Placed[];
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
};

/**
 * Places tables in layers by their distance from the spine, so that each join connects two neighbouring layers or two tables of one;
 * boxes do not overlap and neither do the marks of the joins. Pure; O(tables × joins).
 */
export function layoutJoins(
  tables: readonly TypedTable[],
  joins: readonly Join[],
  spine: string,
): Layout {
  const layers = layersOf(tables, joins, spine);
  const boxes: Placed[] = [];
  for (const [depth, layer] of layers.entries()) {
    let y = 0;
    for (const table of layer) {
      const keys = keysOf(table, joins);
      const height = box.head + keys.length * box.row + box.foot;
      boxes.push({ table, keys, x: depth * (box.width + lane.width), y, height });
      y += height + box.gap;
    }
  }
  const lines = linesOf(boxes, joins);
  const bottom = Math.max(
    0,
    ...boxes.map(({ y, height }) => y + height),
    ...lines.map(({ y }) => y + lane.mark / 2),
  );
  const right = Math.max(
    0,
    ...boxes.map(({ x }) => x + box.width),
    ...lines.map(({ x }) => x + lane.width / 2),
  );
  return { boxes, lines, width: right, height: bottom };
}

const keysOf = ({ id }: TypedTable, joins: readonly Join[]): readonly string[] => [
  ...new Set(
    joins.flatMap(({ left, right }) =>
      [left, right].flatMap((key) => (key.table === id ? key.columns : [])),
    ),
  ),
];

/** Breadth first from the spine; tables that nothing leads to stand in a last layer. A layer is in the order of what leads to it. */
function layersOf(
  tables: readonly TypedTable[],
  joins: readonly Join[],
  spine: string,
): readonly (readonly TypedTable[])[] {
  const seen = new Set([spine]);
  const layers: TypedTable[][] = [tables.filter(({ id }) => id === spine)];
  for (let layer = layers[0]!; layer.length > 0;) {
    const next = new Set<string>();
    for (const { id } of layer)
      for (const { left, right } of joins) {
        const other = left.table === id ? right.table : right.table === id ? left.table : null;
        if (other === null || seen.has(other)) continue;
        seen.add(other);
        next.add(other);
      }
    layer = [...next].flatMap((id) => tables.filter((table) => table.id === id));
    if (layer.length > 0) layers.push(layer);
  }
  const alone = tables.filter(({ id }) => !seen.has(id));
  return alone.length > 0 ? [...layers, alone] : layers;
}

function linesOf(boxes: readonly Placed[], joins: readonly Join[]): readonly Line[] {
  const ends = joins.flatMap((join) => {
    const [a, b] = [endOf(boxes, join.left), endOf(boxes, join.right)];
    if (!a || !b) return [];
    const isOutward = a.x <= b.x;
    const [from, to] = isOutward ? [a, b] : [b, a];
    return [
      {
        join: isOutward ? join : turned(join),
        from,
        to,
        x: from.x + box.width + lane.width / 2,
        y: (from.y + to.y) / 2,
      },
    ];
  });
  return [...new Set(ends.map(({ x }) => x))].flatMap((at) => {
    let least = lane.mark / 2;
    return ends
      .filter(({ x }) => x === at)
      .toSorted((p, q) => p.y - q.y)
      .map(({ join, from, to, x, y: wanted }) => {
        const y = Math.max(wanted, least);
        least = y + lane.mark;
        return { join, x, y, path: pathOf(from, to, { x, y }) };
      });
  });
}

type End = { readonly x: number; readonly y: number };

/** Where a key stands in its box: the middle of its first column's row. */
function endOf(boxes: readonly Placed[], key: JoinKey): End | null {
  const placed = boxes.find(({ table }) => table.id === key.table);
  if (!placed) return null;
  const row = Math.max(0, placed.keys.indexOf(key.columns[0] ?? ''));
  return { x: placed.x, y: placed.y + box.head + (row + 0.5) * box.row };
}

function pathOf(from: End, to: End, mark: End): string {
  const start = from.x + box.width;
  const sameLayer = from.x === to.x;
  const end = sameLayer ? to.x + box.width : to.x;
  const bend = lane.width / 4;
  const back = sameLayer ? mark.x : mark.x + bend;
  const into = sameLayer ? end + bend : end - bend;
  return `M${start} ${from.y}C${start + bend} ${from.y} ${mark.x - bend} ${mark.y} ${mark.x} ${mark.y}C${back} ${mark.y} ${into} ${to.y} ${end} ${to.y}`;
}
