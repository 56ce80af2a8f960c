import type { Inks } from './inks.ts';
import { compile, type GlPrograms } from './gl-programs.ts';

type Surface = HTMLCanvasElement | OffscreenCanvas;
type Held = { readonly buffer: WebGLBuffer; users: number };

/** Memory of the graphics card for counting points: a float texture of whole numbers, exact up to 16,777,216 points a pixel. */
export type Counting = { readonly frame: WebGLFramebuffer; readonly texture: WebGLTexture };

/**
 * One WebGL2 context, for all views of a page (a browser allows about 16): it draws into a canvas that nobody sees, and the views copy.
 * The typed arrays stay the truth; buffers are copies of them, shared by the views that use the same array.
 */
export class GlEngine {
  readonly gl: WebGL2RenderingContext;
  readonly canvas: Surface;
  /** Called when the context is lost, so that every view paints by other means at once. */
  readonly onloss = new Set<() => void>();
  #programs: GlPrograms;
  #buffers = new Map<ArrayBufferView, Held>();
  #inks = new WeakMap<Inks, { colour: WebGLTexture; solid: WebGLTexture }>();
  #newestInks: Inks[] = [];
  #counting: (Counting & { readonly width: number; readonly height: number }) | null = null;

  private constructor(canvas: Surface, gl: WebGL2RenderingContext) {
    this.canvas = canvas;
    this.gl = gl;
    this.#programs = compile(gl);
    // Adding up in float32 textures needs both; without them there are points, but no density.
    this.canCount =
      !!gl.getExtension('EXT_color_buffer_float') && !!gl.getExtension('EXT_float_blend');
    canvas.addEventListener('webglcontextlost', (event) => {
      event.preventDefault(); // or it is never restored
      this.onloss.forEach((tell) => tell());
    });
    canvas.addEventListener('webglcontextrestored', () => this.#restore());
  }

  /** Whether it can add up points in float textures. */
  canCount: boolean;
  /** Grows with each restored context: what was held of an earlier one is void. */
  generation = 0;

  /** An engine, or null where there is no WebGL2. No smoothing by the canvas: it costs several times the frame. */
  static open(canvas?: Surface): GlEngine | null {
    if (typeof WebGL2RenderingContext === 'undefined') return null;
    const surface = canvas ?? new OffscreenCanvas(1, 1);
    // The two canvases' overloads share no signature; both give a context or null.
    const gl = (surface as OffscreenCanvas).getContext('webgl2', {
      ...{ alpha: false, antialias: false, stencil: false, depth: true },
      powerPreference: 'high-performance',
    });
    return gl && !gl.isContextLost() ? new GlEngine(surface, gl) : null;
  }

  get isLost(): boolean {
    return this.gl.isContextLost();
  }

  get programs(): GlPrograms {
    return this.#programs;
  }

  /** How many arrays lie on the card. */
  get held(): number {
    return this.#buffers.size;
  }

  /** At least so large; the picture stands in its lower left corner. */
  fit(width: number, height: number): void {
    if (this.canvas.width < width) this.canvas.width = width;
    if (this.canvas.height < height) this.canvas.height = height;
  }

  /** The buffer that holds `array`, uploaded at its first user. Let go of it with `release`. */
  hold(array: ArrayBufferView): WebGLBuffer {
    const held = this.#buffers.get(array);
    if (held) {
      held.users++;
      return held.buffer;
    }
    const { gl } = this;
    const buffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, array, gl.STATIC_DRAW);
    this.#buffers.set(array, { buffer, users: 1 });
    return buffer;
  }

  release(array: ArrayBufferView): void {
    const held = this.#buffers.get(array);
    if (!held || --held.users > 0) return;
    this.#buffers.delete(array);
    this.gl.deleteBuffer(held.buffer);
  }

  /** The 4,096 inks as a texture of 64 × 64, blended or opaque; only the newest eight tables are kept. */
  inks(inks: Inks, isOpaque: boolean): WebGLTexture {
    let known = this.#inks.get(inks);
    if (!known) {
      const { colour, alpha, solid } = inks;
      const blended = colour.map((c, i) => (c & 0xffffff) | (Math.min(255, alpha[i]!) << 24));
      known = { colour: this.#table(blended), solid: this.#table(solid) };
      this.#inks.set(inks, known);
      this.#newestInks.push(inks);
      const oldest = this.#newestInks.length > 8 ? this.#newestInks.shift() : undefined;
      const gone = oldest && this.#inks.get(oldest);
      if (oldest && gone) {
        this.gl.deleteTexture(gone.colour);
        this.gl.deleteTexture(gone.solid);
        this.#inks.delete(oldest);
      }
    }
    return isOpaque ? known.solid : known.colour;
  }

  /** Room to count points in, cleared. */
  counting(width: number, height: number): Counting {
    const { gl } = this;
    if (this.#counting?.width !== width || this.#counting.height !== height) {
      if (this.#counting) gl.deleteFramebuffer(this.#counting.frame);
      if (this.#counting) gl.deleteTexture(this.#counting.texture);
      const texture = this.#texture(gl.RGBA32F, width, height);
      const frame = gl.createFramebuffer();
      gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
      this.#counting = { frame, texture, width, height };
    }
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#counting.frame);
    gl.clearBufferfv(gl.COLOR, 0, [0, 0, 0, 0]);
    return this.#counting;
  }

  /** Gives the context and all its memory back. */
  close(): void {
    this.onloss.clear();
    this.gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  #table(pixels: Int32Array): WebGLTexture {
    const { gl } = this;
    const texture = this.#texture(gl.RGBA8, 64, 64);
    const bytes = new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, 64, 64, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
    return texture;
  }

  #texture(format: number, width: number, height: number): WebGLTexture {
    const { gl } = this;
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, format, width, height);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    return texture;
  }

  /** After a loss everything on the card is gone: programs are made anew, the rest when it is next needed. */
  #restore(): void {
    this.#buffers.clear();
    this.#inks = new WeakMap();
    this.#newestInks = [];
    this.#counting = null;
    this.generation++;
    const { gl } = this;
    this.canCount =
      !!gl.getExtension('EXT_color_buffer_float') && !!gl.getExtension('EXT_float_blend');
    this.#programs = compile(gl);
  }
}
