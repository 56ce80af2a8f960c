import { partial, planFor, tables, clear, task, THREADS, type Shape } from './assign.wgsl.ts';

/** The second pass where the sums of all means and columns do not fit together: workgroup y sums up its own columns. Bindings: x, labels, task, part, tally. */
export function accumulateCode(shape: Shape): string {
  const plan = planFor(shape);
  const { k } = shape;
  const { slots, width, blocks } = plan;
  const tile = THREADS * plan.rowsEach;
  return `${task}
@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read> labels: array<u32>;
@group(0) @binding(2) var<uniform> task: Task;
${partial(3)}
${tables(shape, plan)}
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  ${clear(shape, plan)}
  let own = group.y * ${width}u;
  let mine = min(${width}u, ${blocks}u - own);
  let slot = lane % ${slots}u;
  let b = lane / ${slots}u;
  if (b < mine) {
    for (var tile = group.x; tile < task.tiles; tile += task.groups) {
      let first = tile * ${tile}u;
      let last = min(first + ${tile}u, task.rows);
      for (var r = first + slot; r < last; r += ${slots}u) {
        let m = labels[r] & 0x7fffu;
        table[(slot * ${k}u + m) * ${width}u + b] += x[(own + b) * task.rows + r];
        if (b == 0u) { count[slot * ${k}u + m] += 1u; }
      }
    }
  }
  workgroupBarrier();
  for (var i = lane; i < ${k * width}u; i += ${THREADS}u) {
    let m = i / ${width}u;
    let c = i % ${width}u;
    if (c < mine) {
      var sum = vec4f();
      for (var s = 0u; s < ${slots}u; s++) { sum += table[(s * ${k}u + m) * ${width}u + c]; }
      part[(group.x * ${k}u + m) * ${blocks}u + own + c] = sum;
    }
  }
  if (group.y == 0u) {
    for (var m = lane; m < ${k}u; m += ${THREADS}u) {
      var sum = 0u;
      for (var s = 0u; s < ${slots}u; s++) { sum += count[s * ${k}u + m]; }
      tally[group.x * ${k}u + m] = sum;
    }
  }
}`;
}

/** Workgroup m adds up what the groups found for mean m, moves it there, and says by how much. Bindings: part, tally, means, half, sums, counts, moved, task. */
export function reduceCode(shape: Shape): string {
  const { blocks } = planFor(shape);
  const { k } = shape;
  const across = 2 ** Math.ceil(Math.log2(Math.min(blocks, THREADS)));
  const lanes = THREADS / across;
  return `${task}
@group(0) @binding(0) var<storage, read> part: array<vec4f>;
@group(0) @binding(1) var<storage, read> tally: array<u32>;
@group(0) @binding(2) var<storage, read_write> means: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> half: array<f32>;
@group(0) @binding(4) var<storage, read_write> sums: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> counts: array<u32>;
@group(0) @binding(6) var<storage, read_write> moved: array<f32>;
@group(0) @binding(7) var<uniform> task: Task;
var<workgroup> some: array<vec4f, ${THREADS}>;
var<workgroup> many: array<u32, ${THREADS}>;
var<workgroup> norms: array<vec2f, ${THREADS}>;
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let m = group.x;
  var n = 0u;
  for (var g = lane; g < task.groups; g += ${THREADS}u) { n += tally[g * ${k}u + m]; }
  many[lane] = n;
  workgroupBarrier();
  for (var gap = ${THREADS / 2}u; gap > 0u; gap /= 2u) {
    if (lane < gap) { many[lane] += many[lane + gap]; }
    workgroupBarrier();
  }
  n = many[0];
  let b0 = lane % ${across}u;
  let part0 = lane / ${across}u;
  var norm = vec2f();
  for (var base = 0u; base < ${blocks}u; base += ${across}u) {
    let b = base + b0;
    var sum = vec4f();
    if (b < ${blocks}u) {
      for (var g = part0; g < task.groups; g += ${lanes}u) { sum += part[(g * ${k}u + m) * ${blocks}u + b]; }
    }
    some[lane] = sum;
    workgroupBarrier();
    for (var gap = ${lanes >> 1}u; gap > 0u; gap /= 2u) {
      if (part0 < gap) { some[lane] += some[lane + gap * ${across}u]; }
      workgroupBarrier();
    }
    if (part0 == 0u && b < ${blocks}u) {
      let total = some[lane];
      let old = means[m * ${blocks}u + b];
      var here = old;
      if (n > 0u) { here = total / f32(n); }
      means[m * ${blocks}u + b] = here;
      sums[m * ${blocks}u + b] = total;
      norm += vec2f(dot(here, here), dot(here - old, here - old));
    }
    workgroupBarrier();
  }
  norms[lane] = norm;
  workgroupBarrier();
  for (var gap = ${THREADS / 2}u; gap > 0u; gap /= 2u) {
    if (lane < gap) { norms[lane] += norms[lane + gap]; }
    workgroupBarrier();
  }
  if (lane == 0u) {
    half[m] = 0.5 * norms[0].x;
    moved[m] = norms[0].y;
    counts[m] = n;
  }
}`;
}
