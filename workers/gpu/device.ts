import * as tf from '@tensorflow/tfjs';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { TesseraError } from '../../src/lib/errors.ts';

export type GpuOptions = {
  /** Tests and benches say yes. A software GPU is the processor in disguise, and our own kernels use it better. */
  readonly allowSoftware: boolean;
  /** Only this one is tried, where it is given. */
  readonly only?: 'webgpu' | 'webgl';
};

/** What both kinds of device have. TensorFlow.js runs on the same device, as its backend of that name. */
type Opened = {
  /** The adapter in its maker's words. */
  readonly name: string;
  readonly isSoftware: boolean;
  /** Aborts with a TesseraError `gpu-failed` as soon as the device or its context is lost. */
  readonly lost: AbortSignal;
  /** Gives everything back; nothing of it may be used after. */
  close(): void;
  /** Loses the device as a driver would. */
  breakForTests(): void;
};
export type WebGpu = Opened & {
  readonly kind: 'webgpu';
  readonly device: GPUDevice;
  readonly backend: WebGPUBackend;
};
export type WebGl = Opened & {
  readonly kind: 'webgl';
  readonly gl: WebGL2RenderingContext;
  readonly backend: tf.MathBackendWebGL;
};

const software = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|warp|software/i;

const failed = (words: string, cause?: unknown): TesseraError =>
  new TesseraError('gpu-failed', words, { cause });

/**
 * The one door to TensorFlow.js: opens WebGPU, or WebGL where that is missing, and answers null where neither may be used. One device at
 * a time, since TensorFlow.js keeps one backend of a name in a thread. Costs a megabyte of script: import this only when a GPU is wanted.
 */
export async function openDevice(options: GpuOptions): Promise<WebGpu | WebGl | null> {
  const tries = { webgpu: openWebGpu, webgl: openWebGl };
  for (const kind of ['webgpu', 'webgl'] as const) {
    if (options.only && options.only !== kind) continue;
    const opened = await tries[kind](options).catch(() => null); // a driver that cannot even start is no GPU
    if (!opened) continue;
    if (await knowsItsNumbers().catch(() => false)) return opened;
    opened.close();
  }
  return null;
}

/** Our own device: TensorFlow.js would leave the number of storage buffers at its default. */
async function openWebGpu({ allowSoftware }: GpuOptions): Promise<WebGpu | null> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return null;
  const { vendor, architecture, device: model, description } = adapter.info;
  const name = [...new Set([vendor, architecture, model, description])].filter(Boolean).join(' ');
  const isSoftware = adapter.info.isFallbackAdapter || software.test(name);
  if (isSoftware && !allowSoftware) return null;
  const wanted = [
    'maxComputeWorkgroupStorageSize',
    'maxComputeWorkgroupsPerDimension',
    'maxComputeWorkgroupSizeX',
    'maxComputeInvocationsPerWorkgroup',
    'maxStorageBufferBindingSize',
    'maxStorageBuffersPerShaderStage',
    'maxBufferSize',
  ] as const;
  const requiredLimits = Object.fromEntries(wanted.map((limit) => [limit, adapter.limits[limit]]));
  const device = await adapter.requestDevice({ requiredLimits });
  const loss = new AbortController();
  void device.lost.then(({ message }) => loss.abort(failed(message || 'the device was lost')));
  const backend = new WebGPUBackend(device, adapter.info);
  await useBackend('webgpu', backend);
  const breakForTests = () => device.destroy();
  const close = () => (dropBackend('webgpu'), device.destroy());
  const opened = { name, isSoftware, lost: loss.signal, close, breakForTests };
  return { kind: 'webgpu', device, backend, ...opened };
}

async function openWebGl({ allowSoftware }: GpuOptions): Promise<WebGl | null> {
  if (typeof OffscreenCanvas === 'undefined') return null;
  const canvas = new OffscreenCanvas(1, 1);
  const gl = canvas.getContext('webgl2', {
    ...{ alpha: false, antialias: false, depth: false, stencil: false, premultipliedAlpha: false },
    failIfMajorPerformanceCaveat: !allowSoftware,
  });
  if (!gl) return null;
  const detail = gl.getExtension('WEBGL_debug_renderer_info');
  const name = String(gl.getParameter(detail?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER));
  const isSoftware = software.test(name);
  if (isSoftware && !allowSoftware) return null;
  const loss = new AbortController();
  canvas.addEventListener('webglcontextlost', () => loss.abort(failed('the context was lost')));
  tf.env().reset(); // what it knows of contexts came from another one
  tf.setWebGLContext(2, gl);
  // Half floats would flush small values to 0: no statistics in those. Without fences (Safari's workers) nothing ever arrives.
  const isFit =
    tf.env().getBool('WEBGL_RENDER_FLOAT32_CAPABLE') &&
    tf.env().getBool('WEBGL_DOWNLOAD_FLOAT_ENABLED');
  if (!isFit) return null;
  tf.env().set('WEBGL_DELETE_TEXTURE_THRESHOLD', 0); // textures are given back, not hoarded
  const context = new tf.GPGPUContext(gl);
  const backend = new tf.MathBackendWebGL(context);
  await useBackend('webgl', backend);
  // Fences of a lost context never pass: without this, TensorFlow.js would ask for them for ever.
  loss.signal.addEventListener('abort', () => void Object.assign(context, { itemsToPoll: [] }));
  const breakForTests = () => gl.getExtension('WEBGL_lose_context')?.loseContext();
  const close = () => (dropBackend('webgl'), breakForTests());
  const opened = { name, isSoftware, lost: loss.signal, close, breakForTests };
  return { kind: 'webgl', gl, backend, ...opened };
}

async function useBackend(name: string, backend: tf.KernelBackend): Promise<void> {
  dropBackend(name);
  tf.registerBackend(name, () => backend, 3);
  await tf.setBackend(name);
}

function dropBackend(name: string): void {
  if (tf.findBackendFactory(name)) tf.removeBackend(name);
}

/** A product and a least place with known answers, before anything is believed (some drivers load and then count wrongly). */
async function knowsItsNumbers(): Promise<boolean> {
  const size = 64;
  const values = Float32Array.from({ length: size * size }, (_, i) => ((i * 37) % 101) - 50);
  const [product, least] = tf.tidy(() => {
    const x = tf.tensor2d(values, [size, size]);
    const y = tf.matMul(x, x, false, true);
    return [y, tf.argMin(y, 1)];
  });
  const [sums, places] = await Promise.all([product!.data(), least!.data()]);
  tf.dispose([product!, least!]);
  for (let r = 0; r < size; r++) {
    let [best, place] = [Infinity, -1];
    for (let other = 0; other < size; other++) {
      let sum = 0;
      for (let c = 0; c < size; c++) sum += values[r * size + c]! * values[other * size + c]!;
      if (Math.abs(sums[r * size + other]! - sum) > 1e-3 * Math.abs(sum) + 1e-3) return false;
      if (sum < best) [best, place] = [sum, other];
    }
    if (places[r] !== place) return false;
  }
  return true;
}

/** Waits for the GPU, or rejects as soon as it is lost: some promises of a lost device never settle. */
export function until<T>(promise: Promise<T>, lost: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const gone = () => reject(lost.reason);
    if (lost.aborted) return gone();
    lost.addEventListener('abort', gone);
    const done = () => lost.removeEventListener('abort', gone);
    promise.then(
      (value) => (done(), resolve(value)),
      (cause) => (
        done(),
        reject(cause instanceof TesseraError ? cause : failed(String(cause), cause))
      ),
    );
  });
}

/** How many tensors TensorFlow.js holds: unchanged after every call, well ended or not. */
export const tensorCount = (): number => tf.memory().numTensors;
