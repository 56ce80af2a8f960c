/**
 * The kernels of assign-and-accumulate as text. Rows lie in blocks of four columns: `x[b * rows + r]` holds columns 4b … 4b + 3 of row r,
 * so that neighbouring threads load neighbouring values. All sizes but the number of rows are constants of the text.
 *
 * No atomics: a thread owns cells (slot, block of columns) of a table in workgroup memory and walks through the labels of its workgroup,
 * so a sum is always added up in the same order. Everything in workgroup memory stays under 16 KiB, which every device has.
 */
export type Shape = { readonly cols: number; readonly k: number };

export const THREADS = 64;
/** vec4 cells of the table of sums, and of the tile of means, in workgroup memory. */
const TABLE = 448;
const TILE_OF_MEANS = 256;
/** Up to this many blocks a row stays in registers while all means pass. */
const IN_REGISTERS = 8;
/** Means that share one load of a row where it does not. */
const ABREAST = 8;

/** How the work is cut for a shape. */
export type Plan = {
  readonly blocks: number;
  /** k, rounded up to what the kernel takes at a time; the padding lies infinitely far. */
  readonly padded: number;
  readonly rowsEach: number;
  /** Assign and accumulate in one pass over the rows. */
  readonly isFused: boolean;
  /** Blocks of columns that one workgroup sums up. */
  readonly width: number;
  readonly slots: number;
};

export function planFor({ cols, k }: Shape): Plan {
  const blocks = Math.ceil(cols / 4);
  const isFused = k * blocks <= TABLE && blocks <= THREADS;
  const width = isFused ? blocks : Math.min(blocks, THREADS, Math.max(1, Math.floor(TABLE / k)));
  return {
    blocks,
    padded: blocks <= IN_REGISTERS ? k : Math.ceil(k / ABREAST) * ABREAST,
    rowsEach: blocks <= 4 ? 4 : 2,
    isFused,
    width,
    slots: Math.max(1, Math.min(Math.floor(THREADS / width), Math.floor(TABLE / (k * width)))),
  };
}

export const times = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');

export const task = `
struct Task { rows: u32, tiles: u32, groups: u32, slack: f32, longest: f32 }`;

/** Bindings: x, means [padded × blocks], half [padded], task; then sums and counts of a group where fused, labels otherwise. */
const head = (isFused: boolean) => `${task}
@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read> means: array<vec4f>;
@group(0) @binding(2) var<storage, read> half: array<f32>;
@group(0) @binding(3) var<uniform> task: Task;
${isFused ? partial(4) : '@group(0) @binding(4) var<storage, read_write> labels: array<u32>;'}`;

export const partial = (first: number) => `
@group(0) @binding(${first}) var<storage, read_write> part: array<vec4f>;
@group(0) @binding(${first + 1}) var<storage, read_write> tally: array<u32>;`;

/**
 * A round: rows to their means, and sums where those fit (`accumulateCode` makes them otherwise). Or, if `isLast`, no sums but all about each
 * row: nearest mean (bits 0–14), next nearest (15–29), and whether float32 cannot tell them apart (31).
 */
export function assignCode(shape: Shape, isLast: boolean): string {
  const fit = planFor(shape);
  const plan = { ...fit, isFused: fit.isFused && !isLast };
  const { rowsEach, isFused, blocks } = plan;
  const perTile = THREADS * rowsEach;
  const isShort = blocks <= IN_REGISTERS;
  return `${head(isFused)}
${isShort ? '' : `var<workgroup> w: array<vec4f, ${TILE_OF_MEANS}>;`}
${isShort ? shortTables(shape) : ''}
${isFused ? `var<workgroup> near: array<u32, ${perTile}>;` : ''}
${isFused ? tables(shape, plan) : ''}
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) all: vec3u, @builtin(local_invocation_index) lane: u32) {
  let rows = task.rows;
  ${isFused ? clear(shape, plan) : ''}
  ${isShort && fitsAtOnce(shape) ? loadMeans(shape, '0u', `${shape.k}u`) : ''}
  for (var tile = group.x; tile < task.tiles; tile += all.x) {
    let first = tile * ${perTile}u;
    ${times(
      rowsEach,
      (j) => `
    let r${j} = min(first + lane + ${j * THREADS}u, rows - 1u);
    var best${j} = 3e38; var at${j} = 0u; var next${j} = 3e38; var to${j} = 0u; var norm${j} = 0.0;`,
    )}
    ${isShort ? short(shape, plan, isLast) : long(plan, isLast)}
    ${times(rowsEach, (j) => keep(shape, plan, isLast, j))}
    ${isFused ? `workgroupBarrier();\n${gather(shape, plan, perTile)}\nworkgroupBarrier();` : ''}
  }
  ${isFused ? hand(shape, plan) : ''}
}`;
}

const fitsAtOnce = ({ k, cols }: Shape): boolean => k * Math.ceil(cols / 4) <= TILE_OF_MEANS;

const meansInTile = ({ k, cols }: Shape): number =>
  Math.min(k, Math.floor(TILE_OF_MEANS / Math.ceil(cols / 4)));

const shortTables = (shape: Shape): string => `
var<workgroup> w: array<vec4f, ${meansInTile(shape) * Math.ceil(shape.cols / 4)}>;
var<workgroup> wh: array<f32, ${meansInTile(shape)}>;`;

function loadMeans({ cols }: Shape, from: string, count: string): string {
  const blocks = Math.ceil(cols / 4);
  return `
  for (var i = lane; i < ${count} * ${blocks}u; i += ${THREADS}u) { w[i] = means[${from} * ${blocks}u + i]; }
  for (var i = lane; i < ${count}; i += ${THREADS}u) { wh[i] = half[${from} + i]; }
  workgroupBarrier();`;
}

const compare = (j: number, m: string, isLast: boolean): string =>
  isLast
    ? `if (d${j} < best${j}) { next${j} = best${j}; to${j} = at${j}; best${j} = d${j}; at${j} = ${m}; } else if (d${j} < next${j}) { next${j} = d${j}; to${j} = ${m}; }`
    : `if (d${j} < best${j}) { best${j} = d${j}; at${j} = ${m}; }`;

/** Few columns: rows in registers, each read once however many means there are. */
function short(shape: Shape, { blocks, rowsEach }: Plan, isLast: boolean): string {
  const tile = meansInTile(shape);
  const load = times(rowsEach, (j) =>
    times(
      blocks,
      (b) => `let v${j}_${b} = x[${b}u * rows + r${j}];
      ${isLast ? `norm${j} += dot(v${j}_${b}, v${j}_${b});` : ''}`,
    ),
  );
  const body = `
      ${times(rowsEach, (j) => `var d${j} = wh[m];`)}
      ${times(blocks, (b) => `{ let c = w[m * ${blocks}u + ${b}u]; ${times(rowsEach, (j) => `d${j} -= dot(v${j}_${b}, c);`)} }`)}
      ${times(rowsEach, (j) => compare(j, 'base + m', isLast))}`;
  if (fitsAtOnce(shape))
    return `${load}
    const base = 0u;
    for (var m = 0u; m < ${shape.k}u; m++) {${body}}`;
  return `${load}
    for (var base = 0u; base < ${shape.k}u; base += ${tile}u) {
      let count = min(${tile}u, ${shape.k}u - base);
      workgroupBarrier();
      ${loadMeans(shape, 'base', 'count')}
      for (var m = 0u; m < count; m++) {${body}}
    }`;
}

/** Many columns: eight means abreast, so that a load of a row serves all of them. */
function long({ blocks, rowsEach, padded }: Plan, isLast: boolean): string {
  const wide = TILE_OF_MEANS / ABREAST;
  return `
    for (var base = 0u; base < ${padded}u; base += ${ABREAST}u) {
      ${times(rowsEach, (j) => times(ABREAST, (q) => `var d${j}_${q} = 0.0;`))}
      for (var start = 0u; start < ${blocks}u; start += ${wide}u) {
        let count = min(${wide}u, ${blocks}u - start);
        workgroupBarrier();
        for (var i = lane; i < ${TILE_OF_MEANS}u; i += ${THREADS}u) {
          let b = i / ${ABREAST}u;
          if (b < count) { w[i] = means[(base + i % ${ABREAST}u) * ${blocks}u + start + b]; }
        }
        workgroupBarrier();
        for (var b = 0u; b < count; b++) {
          ${times(rowsEach, (j) => `let v${j} = x[(start + b) * rows + r${j}];`)}
          ${isLast ? `if (base == 0u) { ${times(rowsEach, (j) => `norm${j} += dot(v${j}, v${j});`)} }` : ''}
          ${times(ABREAST, (q) => `{ let c = w[b * ${ABREAST}u + ${q}u]; ${times(rowsEach, (j) => `d${j}_${q} += dot(v${j}, c);`)} }`)}
        }
      }
      ${times(ABREAST, (q) =>
        times(
          rowsEach,
          (j) =>
            `{ let d${j} = half[base + ${q}u] - d${j}_${q}; ${compare(j, `base + ${q}u`, isLast)} }`,
        ),
      )}
    }`;
}

/** The error of ‖c‖²/2 − x·c in float32 is within a slack of ‖x‖‖c‖ + ‖c‖²/2, whatever the order of adding. */
function keep({ k }: Shape, { isFused }: Plan, isLast: boolean, j: number): string {
  const at = `lane + ${j * THREADS}u`;
  const unsure = `next${j} - best${j} <= task.slack * (sqrt(norm${j}) * task.longest + 0.5 * task.longest * task.longest) + 1e-35`;
  if (isFused) return `near[${at}] = select(${k}u, at${j}, first + ${at} < rows);`;
  const word = isLast
    ? `at${j} | (min(to${j}, ${k - 1}u) << 15u) | select(0u, 0x80000000u, ${k > 1 ? unsure : 'false'})`
    : `at${j}`;
  return `if (first + ${at} < rows) { labels[first + ${at}] = ${word}; }`;
}

export const tables = ({ k }: Shape, { slots, width }: Plan): string => `
var<workgroup> table: array<vec4f, ${slots * k * width}>;
var<workgroup> count: array<u32, ${slots * k}>;`;

export const clear = ({ k }: Shape, { slots, width }: Plan): string => `
  for (var i = lane; i < ${slots * k * width}u; i += ${THREADS}u) { table[i] = vec4f(); }
  for (var i = lane; i < ${slots * k}u; i += ${THREADS}u) { count[i] = 0u; }
  workgroupBarrier();`;

/** Thread (block, slot) adds every `slots`-th row of the tile to the sums of its label. */
const gather = ({ k }: Shape, { slots, width }: Plan, perTile: number): string => `
    if (lane < ${slots * width}u) {
      let slot = lane % ${slots}u;
      let b = lane / ${slots}u;
      for (var i = slot; i < ${perTile}u; i += ${slots}u) {
        let m = near[i];
        if (m < ${k}u) {
          table[(slot * ${k}u + m) * ${width}u + b] += x[b * rows + first + i];
          if (b == 0u) { count[slot * ${k}u + m] += 1u; }
        }
      }
    }`;

const hand = ({ k }: Shape, { slots, width }: Plan): string => `
  for (var i = lane; i < ${k * width}u; i += ${THREADS}u) {
    var sum = vec4f();
    for (var slot = 0u; slot < ${slots}u; slot++) { sum += table[slot * ${k * width}u + i]; }
    part[group.x * ${k * width}u + i] = sum;
  }
  for (var i = lane; i < ${k}u; i += ${THREADS}u) {
    var sum = 0u;
    for (var slot = 0u; slot < ${slots}u; slot++) { sum += count[slot * ${k}u + i]; }
    tally[group.x * ${k}u + i] = sum;
  }`;
