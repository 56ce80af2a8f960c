import { random } from '../../lib/random.ts';
import type { MapModel } from './model.ts';

/** Slots of a sample, kept by the positions that they were drawn from. */
const drawn = new WeakMap<
  Float32Array,
  { readonly model: MapModel; readonly slots: Uint32Array }
>();

/**
 * About `wanted` points of a model, each kept with the same probability, in the same grid; the model itself where it has no more. The
 * places are drawn once, the states are taken anew. O(count) at first, then O(wanted).
 */
export function sampleOf(model: MapModel, wanted: number): MapModel {
  if (model.count <= wanted) return model;
  let known = drawn.get(model.positions);
  if (!known || known.slots.length > 2 * wanted) {
    known = draw(model, wanted);
    drawn.set(model.positions, known);
  }
  const { slots } = known;
  const state = new Uint16Array(slots.length);
  for (let i = 0; i < slots.length; i++) state[i] = model.state[slots[i]!]!;
  const sizes = model.sizes && Uint8Array.from(slots, (slot) => model.sizes?.[slot] ?? 0);
  return { ...known.model, state, ...(sizes ? { sizes } : {}) };
}

function draw(model: MapModel, wanted: number) {
  const next = random(200_000);
  const share = wanted / model.count;
  const cellStart = new Uint32Array(model.cellStart.length);
  const kept: number[] = [];
  for (let cell = 0; cell + 1 < cellStart.length; cell++) {
    for (let slot = model.cellStart[cell]!; slot < model.cellStart[cell + 1]!; slot++)
      if (next() < share) kept.push(slot);
    cellStart[cell + 1] = kept.length;
  }
  const slots = Uint32Array.from(kept);
  const count = slots.length;
  const positions = new Float32Array(2 * count);
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    positions[2 * i] = model.positions[2 * slots[i]!]!;
    positions[2 * i + 1] = model.positions[2 * slots[i]! + 1]!;
    order[i] = model.order[slots[i]!]!;
  }
  const whole = model.whole ?? model.count;
  // Nobody looks a sampled point up by its index: `rank` stays the whole model's.
  return { slots, model: { ...model, count, whole, positions, order, cellStart } };
}
