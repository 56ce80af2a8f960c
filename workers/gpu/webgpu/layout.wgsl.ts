/**
 * An epoch of the layout, a thread a vertex: each gathers its own pulls and pushes, so nothing is added up by two threads and the order is
 * always the same. The steps are those of the plain form in src/segments/kernels/layout.ts, four edges at a time.
 */
export const THREADS = 64;

export const epochCode = `
struct Task { first: u32, rows: u32, pool: u32, seed: u32, alpha: f32, pushes: f32, a: f32, b: f32, keep: f32 }
@group(0) @binding(0) var<storage, read> starts: array<u32>;
@group(0) @binding(1) var<storage, read> tails: array<vec4u>;
@group(0) @binding(2) var<storage, read> weights: array<vec4f>;
@group(0) @binding(3) var<storage, read> now: array<vec2f>;
@group(0) @binding(4) var<storage, read_write> next: array<vec2f>;
@group(0) @binding(5) var<uniform> task: Task;

fn power(square: vec4f, b: f32) -> vec4f {
  let bits = bitcast<vec4u>(square);
  let exponent = vec4f(vec4i(bits >> vec4u(23u)) - 127);
  let m = bitcast<vec4f>((bits & vec4u(0x7fffffu)) | vec4u(0x3f800000u));
  let log = (((-0.08213062190593998 * m + 0.6497112748408548) * m - 2.1341339842923217) * m + 4.0863823575800815) * m - 2.5198290262226757;
  let x = b * (exponent + log);
  let whole = floor(x);
  let t = x - whole;
  let p = ((0.0782679635596899 * t + 0.226307690445594) * t + 0.6954243459947161) * t + 1.0;
  return p * bitcast<vec4f>(vec4u(vec4i(whole) + 127) << vec4u(23u));
}

fn total(v: vec4f) -> f32 { return (v.x + v.y) + (v.z + v.w); }

fn mixed(a: u32, b: u32) -> u32 {
  var h = a * 0x9e3779b1u + b * 0x85ebca6bu;
  h = (h ^ (h >> 15u)) * 0x2c1b3c6du;
  h = (h ^ (h >> 12u)) * 0x297a2d39u;
  return h ^ (h >> 15u);
}

/** The upper half of a product of 64 bits. */
fn below(size: u32, bits: u32) -> u32 {
  let low = (bits & 0xffffu) * (size & 0xffffu);
  let mid = (bits >> 16u) * (size & 0xffffu) + (low >> 16u);
  let cross = (bits & 0xffffu) * (size >> 16u) + (mid & 0xffffu);
  return (bits >> 16u) * (size >> 16u) + (mid >> 16u) + (cross >> 16u);
}

@compute @workgroup_size(${THREADS})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) all: vec3u) {
  for (var v = id.x; v < task.rows; v += all.x * ${THREADS}u) {
    let here = now[v];
    if (v < task.first) { next[v] = here; continue; }
    let draw = 4.0 * task.a * task.b * task.alpha;
    var x = vec4f(); var y = vec4f(); var drawn = vec4f(); var sum = vec4f();
    for (var e = starts[v] / 4u; e < starts[v + 1u] / 4u; e++) {
      let t = tails[e];
      let w = weights[e];
      let p0 = now[t.x]; let p1 = now[t.y]; let p2 = now[t.z]; let p3 = now[t.w];
      let dx = vec4f(p0.x, p1.x, p2.x, p3.x) - here.x;
      let dy = vec4f(p0.y, p1.y, p2.y, p3.y) - here.y;
      let square = max(dx * dx + dy * dy, vec4f(1e-12));
      let p = power(square, task.b);
      let c = draw * w * p / (square * (1.0 + task.a * p));
      sum += w; drawn += c; x += c * dx; y += c * dy;
    }
    let wanted = task.pushes * total(sum);
    let fours = max(1u, u32(ceil(wanted * 0.25)));
    var away = vec4f(); var up = vec4f();
    var bits = mixed(v, task.seed) | 1u;
    for (var i = 0u; i < fours; i++) {
      bits ^= bits << 13u;
      bits ^= bits >> 17u;
      bits ^= bits << 5u;
      let other = below(task.pool - 3u, bits);
      let p0 = now[other]; let p1 = now[other + 1u]; let p2 = now[other + 2u]; let p3 = now[other + 3u];
      let dx = here.x - vec4f(p0.x, p1.x, p2.x, p3.x);
      let dy = here.y - vec4f(p0.y, p1.y, p2.y, p3.y);
      let square = max(dx * dx + dy * dy, vec4f(1e-12));
      let c = 2.0 * task.b / ((0.001 + square) * (1.0 + task.a * power(square, task.b)));
      away += clamp(c * dx, vec4f(-4.0), vec4f(4.0));
      up += clamp(c * dy, vec4f(-4.0), vec4f(4.0));
    }
    let share = task.alpha * wanted / f32(4u * fours);
    let damped = 1.0 / (1.0 + total(drawn));
    let force = vec2f(total(x), total(y)) + vec2f(total(away), total(up)) * share;
    next[v] = here + force * damped + task.keep * (here - next[v]); // next still holds where it was before
  }
}`;
