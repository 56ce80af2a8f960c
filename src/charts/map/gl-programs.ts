/** Shaders of the WebGL2 painter. States, inks and layers mean what they do for the CPU painter; one table of 64 × 64 inks is one texture. */

const points = `#version 300 es
precision highp float;
layout(location = 0) in vec2 place;
layout(location = 1) in uint state;
layout(location = 2) in float factor;
uniform sampler2D inks;
// The middle of the screen in data units, in two parts: near it, float32 then loses nothing to a far-away origin.
uniform vec2 middle;
uniform vec2 rest;
uniform vec2 scale;
uniform float diameter;
uniform uint mask;
uniform uint wanted;
flat out vec4 ink;
flat out float size;
void main() {
  if ((state & mask) != wanted) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    gl_PointSize = 1.0;
    return;
  }
  ink = texelFetch(inks, ivec2(state & 63u, state >> 6u), 0);
  size = max(1.0, diameter * factor);
  // Grey context lies deepest, the selection on top.
  float depth = (state & 2048u) != 0u ? 0.5 : (state & 1024u) != 0u ? -0.5 : 0.0;
  gl_Position = vec4(((place - middle) - rest) * scale, depth, 1.0);
  gl_PointSize = size;
}`;

const disc = `#version 300 es
precision highp float;
flat in vec4 ink;
flat in float size;
uniform bool isOpaque;
out vec4 colour;
void main() {
  float away = length(gl_PointCoord - 0.5) * size;
  float cover = isOpaque || size <= 1.0 ? 1.0 : clamp(0.5 + size / 2.0 - away, 0.0, 1.0);
  colour = vec4(ink.rgb, ink.a * cover);
}`;

/** Adds one point's colour and one to its pixel. */
const one = `#version 300 es
precision highp float;
flat in vec4 ink;
flat in float size;
out vec4 sum;
void main() {
  sum = vec4(ink.rgb * 255.0, 1.0);
}`;

const screen = `#version 300 es
void main() {
  gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0);
}`;

/** The mean colour of a pixel's points, as strong as the logarithm of their number; beside them, paler. */
const tone = `#version 300 es
precision highp float;
uniform highp sampler2D sums;
uniform float weight;
uniform float peak;
uniform float least;
uniform float most;
uniform float share;
uniform float besideShare;
out vec4 colour;
vec4 fuller(vec4 best, ivec2 place) {
  vec4 sum = texelFetch(sums, place, 0);
  return sum.a > best.a ? sum : best;
}
void main() {
  ivec2 here = ivec2(gl_FragCoord.xy);
  ivec2 last = textureSize(sums, 0) - 1;
  vec4 sum = texelFetch(sums, here, 0);
  float strength = share;
  if (sum.a < 0.5) {
    strength *= besideShare;
    sum = fuller(sum, ivec2(max(here.x - 1, 0), here.y));
    sum = fuller(sum, ivec2(min(here.x + 1, last.x), here.y));
    sum = fuller(sum, ivec2(here.x, min(here.y + 1, last.y)));
    sum = fuller(sum, ivec2(here.x, max(here.y - 1, 0)));
    if (sum.a < 0.5) discard;
  }
  float tone = min(1.0, log(1.0 + sum.a * weight) / log(1.0 + peak));
  colour = vec4(sum.rgb / (255.0 * sum.a), strength * (least + (most - least) * tone));
}`;

const sources = { points: [points, disc], counts: [points, one], tone: [screen, tone] } as const;

export type GlProgram = {
  readonly program: WebGLProgram;
  /** Place of a uniform. */
  readonly at: (name: string) => WebGLUniformLocation | null;
};
export type GlPrograms = Readonly<Record<keyof typeof sources, GlProgram>>;

/** Compiles all; throws TypeError with the compiler's words where one does not. */
export function compile(gl: WebGL2RenderingContext): GlPrograms {
  const make = (name: keyof typeof sources): GlProgram => {
    const program = gl.createProgram();
    sources[name].forEach((source, i) => {
      const shader = gl.createShader(i === 0 ? gl.VERTEX_SHADER : gl.FRAGMENT_SHADER);
      if (!shader) throw new TypeError('the context makes no shader');
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
      gl.deleteShader(shader);
    });
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost())
      throw new TypeError(`${name}: ${gl.getProgramInfoLog(program) ?? ''}`);
    const places = new Map<string, WebGLUniformLocation | null>();
    const at = (uniform: string) => {
      if (!places.has(uniform)) places.set(uniform, gl.getUniformLocation(program, uniform));
      return places.get(uniform) ?? null;
    };
    return { program, at };
  };
  return { points: make('points'), counts: make('counts'), tone: make('tone') };
}
