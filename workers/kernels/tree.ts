import {
  budgetOf,
  MOST_ASKED,
  MOST_AT_ONCE,
  PIECE,
  shapeOf,
  type OpenTree,
} from '../../src/segments/kernels/tree.ts';
import kernel from './assembly/tree.ts?kernels';
import type { Crew } from './crew.ts';
import { Room, room } from './room.ts';

/** Entries of the stack in a piece's scratch, as in the kernel. */
const STACK = 64;
/** Place in the table. */
const SPENT = 26;

/** `openTree` in wasm SIMD on `crew`. */
export const openTreeIn =
  (crew: Crew, relaxed = true): OpenTree =>
  (x, neighbours) => {
    const shape = shapeOf(x, neighbours);
    const { rows, cols, slots, leaves } = shape;
    const stride = 32 * cols + 16 + 16 * STACK + 8 * neighbours + 64;
    const asked = neighbours > 0 ? MOST_ASKED : 0;
    const own = new Room(kernel, {
      bytes:
        room({ 4: rows * cols }) +
        2 * room({ 4: rows }) +
        room({ 4: 4 * leaves * cols }) +
        room({ 4: slots * cols }) +
        3 * room({ 4: slots }) +
        4 * room({ 8: slots }) +
        room({ 4: slots * neighbours }) +
        room({ 4: 2 * leaves }) +
        room({ 1: MOST_AT_ONCE * stride }) +
        room({ 4: MOST_AT_ONCE }) +
        room({ 4: asked * cols }) +
        room({ 4: asked * neighbours }) +
        room({ 8: asked }) +
        room({ 4: 32 }),
      crew,
      relaxed,
    });
    const table = own.u32(32);
    const data = own.f32(rows * cols);
    const order = own.u32(rows);
    const keys = own.f32(rows);
    const boxes = own.f32(4 * leaves * cols);
    const tiles = own.f32(slots * cols);
    const rowOf = own.i32(slots);
    const scratch = own.u8(MOST_AT_ONCE * stride);
    const effort = own.i32(MOST_AT_ONCE);
    const near = own.i32(slots * neighbours);
    const far = own.f64(slots);
    const group = own.i32(slots);
    const nodes = own.i32(2 * leaves);
    const best = own.f64(slots);
    const who = own.i32(slots);
    const low = own.f64(slots);
    const bound = own.f64(slots);
    const questions = own.f32(asked * cols);
    const found = own.i32(asked * neighbours);
    const foundFar = own.f64(asked);
    data.view.set(x.data);
    for (let r = 0; r < rows; r++) order.view[r] = r;
    // In the order of the fields at the head of the kernel.
    table.view.set([
      ...[rows, cols, shape.levels, shape.capacity, neighbours],
      ...[data, order, keys, boxes, tiles, rowOf, scratch].map(({ at }) => at),
      stride,
      ...[effort, near, far, group, nodes, best, who, low, bound].map(({ at }) => at),
      ...[questions, found, foundFar].map(({ at }) => at),
      budgetOf(cols),
    ]);
    const t = table.at;
    /** Runs pieces until the budget is spent; gives how many were done from the first on. */
    const run = (name: string, many: number, ...numbers: number[]): number => {
      table.view[SPENT] = 0;
      own.run(name, many, t, ...numbers);
      const left = effort.view.subarray(0, many).indexOf(-1);
      return left < 0 ? many : left;
    };
    const verb =
      (name: string) =>
      (from: number, many: number, ...numbers: number[]): number =>
        run(name, many, from, ...numbers);
    return {
      ...shape,
      rowOf: rowOf.view,
      near: near.view,
      far: far.view,
      group: group.view,
      best: best.view,
      who: who.view,
      low: low.view,
      bound: bound.view,
      split: (level, from, many) => own.run('split', many, t, from, level),
      nearest: verb('nearest'),
      nearestTo(asks) {
        if (asks.rows > asked)
          throw new RangeError(`room for ${asked} questions, not ${asks.rows}`);
        questions.view.set(asks.data);
        const pieces = run('nearestTo', Math.ceil(asks.rows / PIECE), asks.rows);
        const many = Math.min(asks.rows, PIECE * pieces);
        return { many, ids: found.view, far: foundFar.view };
      },
      count: verb('count'),
      join: verb('join'),
      border: verb('border'),
      tag: () => void own.call('tag', t),
      propose: verb('propose'),
      seek: verb('seek'),
      effort: () => table.view[SPENT]!,
      close: () => own.close(),
    };
  };
