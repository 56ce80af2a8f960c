import { times } from './assign.wgsl.ts';

export const THREADS = 64;
/** vec4 of rows in workgroup memory, and rows that share one load of the question. */
const TILE = 256;
const ABREAST = 8;
const WIDEST = TILE / ABREAST;

/**
 * Each thread keeps the `keep` nearest rows of one question, nearest first, in global memory: found[slot * batch + q]. Differences are squared
 * directly, so that small distances keep their digits. Bindings: x, questions, selves, found, names, task.
 */
export function nearestCode(cols: number, keep: number): string {
  const blocks = Math.ceil(cols / 4);
  const wide = Math.min(blocks, WIDEST);
  const tile = Math.floor(TILE / wide / ABREAST) * ABREAST;
  const load = (start: string, count: string): string => `
      workgroupBarrier();
      for (var i = lane; i < ${tile}u * ${count}; i += ${THREADS}u) {
        w[i] = x[(${start} + i / ${tile}u) * task.rows + min(base + i % ${tile}u, task.rows - 1u)];
      }
      workgroupBarrier();`;
  const zero = times(ABREAST, (j) => `var d${j} = 0.0;`);
  const add = (start: string, count: string, at: string): string => `
        for (var b = 0u; b < ${count}; b++) {
          let v = questions[(${start} + b) * task.asked + q];
          ${times(ABREAST, (j) => `{ let apart = v - w[b * ${tile}u + ${at} + ${j}u]; d${j} += dot(apart, apart); }`)}
        }`;
  const offers = (at: string): string =>
    times(
      ABREAST,
      (j) => `
        if (d${j} < worst && base + ${at} + ${j}u < task.last && is_real) { worst = offer(lane + group.x * ${THREADS}u, q, d${j}, base + ${at} + ${j}u, worst); }`,
    );
  return `
struct Task { rows: u32, asked: u32, first: u32, many: u32, begin: u32, last: u32, batch: u32 }
@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read> questions: array<vec4f>;
@group(0) @binding(2) var<storage, read> selves: array<i32>;
@group(0) @binding(3) var<storage, read_write> found: array<f32>;
@group(0) @binding(4) var<storage, read_write> names: array<i32>;
@group(0) @binding(5) var<uniform> task: Task;
var<workgroup> w: array<vec4f, ${tile * wide}>;

fn offer(list: u32, q: u32, d: f32, row: u32, worst: f32) -> f32 {
  if (selves[q] == i32(row)) { return worst; }
  var at = ${keep - 1}u;
  for (; at > 0u; at--) {
    let before = found[(at - 1u) * task.batch + list];
    if (before <= d) { break; }
    found[at * task.batch + list] = before;
    names[at * task.batch + list] = names[(at - 1u) * task.batch + list];
  }
  found[at * task.batch + list] = d;
  names[at * task.batch + list] = i32(row);
  return found[${keep - 1}u * task.batch + list];
}

@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let mine = group.x * ${THREADS}u + lane;
  let is_real = mine < task.many;
  let q = min(task.first + mine, task.asked - 1u);
  var worst = 3e38;
  if (is_real) { worst = min(worst, found[${keep - 1}u * task.batch + mine]); }
  for (var base = task.begin; base < task.last; base += ${tile}u) {
    ${
      blocks <= WIDEST
        ? `${load('0u', `${blocks}u`)}
      for (var g = 0u; g < ${tile}u; g += ${ABREAST}u) {
        ${zero}
        ${add('0u', `${blocks}u`, 'g')}
        ${offers('g')}
      }`
        : `${zero}
      for (var start = 0u; start < ${blocks}u; start += ${wide}u) {
        let count = min(${wide}u, ${blocks}u - start);
        ${load('start', 'count')}
        ${add('start', 'count', '0u')}
      }
      ${offers('0u')}`
    }
  }
}`;
}
