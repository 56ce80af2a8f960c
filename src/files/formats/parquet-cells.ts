import type { SchemaElement, SchemaTree } from 'hyparquet/src/types.js';
import { leafText, type Meaning } from './parquet-meanings.ts';
import { Exact, jsonText } from './value-text.ts';

/** Reads the text of a cell from the value of its top-level column. */
export type CellReader = {
  readonly name: string;
  readonly read: (value: unknown) => string | null;
};

/** Columns of the table, nested records as `outer.inner`, lists as one column of JSON; and the names that were nested. */
export function cellReaders(
  tree: SchemaTree,
  meanings: ReadonlyMap<SchemaElement, Meaning>,
): readonly (readonly CellReader[])[] {
  return tree.children.map((child) => readersOf(child, child.element.name, (value) => value));

  function readersOf(
    node: SchemaTree,
    name: string,
    reach: (value: unknown) => unknown,
  ): readonly CellReader[] {
    if (node.element.repetition_type !== 'REPEATED' && node.children.length === 0) {
      const text = leafText(
        meanings.get(node.element) ?? { kind: 'plain', scale: 0, perSecond: 1n },
      );
      return [{ name, read: (value) => text(reach(value)) }];
    }
    if (isRecord(node))
      return node.children.flatMap((child) =>
        readersOf(child, `${name}.${child.element.name}`, (value) => field(reach(value), child)),
      );
    return [
      {
        name,
        read(value) {
          const own = reach(value);
          return own === null || own === undefined ? null : jsonText(exact(own, node));
        },
      },
    ];
  }

  /** The same value with decimals, dates and times as text, wherever they stand. */
  function exact(value: unknown, node: SchemaTree): unknown {
    if (value === null || value === undefined) return null;
    if (Array.isArray(value)) {
      const inner = isRecord(node) || node.children.length === 0 ? node : elementOf(node);
      return value.map((own) => exact(own, inner));
    }
    const meaning = meanings.get(node.element);
    if (meaning && node.children.length === 0) {
      if (meaning.kind === 'plain') return value;
      const text = leafText(meaning)(value);
      return meaning.kind === 'decimal' || meaning.kind === 'float'
        ? new Exact(text ?? 'null')
        : text;
    }
    if (typeof value !== 'object' || value instanceof Uint8Array) return value;
    const known = new Map(node.children.map((child) => [child.element.name, child]));
    const values =
      node.element.converted_type === 'MAP' ? node.children[0]?.children[1] : undefined;
    return new Map(
      Object.entries(value).map(([key, own]) => {
        const child = values ?? known.get(key);
        return [key, child ? exact(own, child) : own];
      }),
    );
  }
}

const isRecord = ({ element, children }: SchemaTree): boolean =>
  children.length > 0 &&
  element.repetition_type !== 'REPEATED' &&
  element.converted_type !== 'LIST' &&
  element.converted_type !== 'MAP' &&
  element.converted_type !== 'MAP_KEY_VALUE' &&
  element.logical_type?.type !== 'VARIANT';

/** What a list holds: three levels as the format wants it, two as older writers made it. */
function elementOf(node: SchemaTree): SchemaTree {
  const inner = node.children[0];
  if (!inner) return node;
  return inner.element.repetition_type === 'REPEATED' && inner.children.length === 1
    ? (inner.children[0] ?? inner)
    : inner;
}

const field = (value: unknown, child: SchemaTree): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === child.element.name)?.[1]
    : undefined;
