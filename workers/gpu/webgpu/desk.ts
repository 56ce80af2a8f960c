import { TesseraError } from '../../../src/lib/errors.ts';
import { until, type WebGpu } from '../device.ts';

/** One step of work, ready to be submitted any number of times. */
export type Pass = {
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroup;
  readonly groups: readonly [number, number?];
};

/** Buffers, pipelines and submissions on TensorFlow.js's WebGPU device, and the giving back of all of them. */
export class Desk {
  readonly #gpu: WebGpu;
  readonly #pipelines = new Map<string, GPUComputePipeline>();

  constructor(gpu: WebGpu) {
    this.#gpu = gpu;
  }

  get lost(): AbortSignal {
    return this.#gpu.lost;
  }

  /** Floats, ints or bytes that kernels read and write. Throws `gpu-failed` where the device cannot hold them. */
  buffer(bytes: number, extra: GPUBufferUsageFlags = 0): GPUBuffer {
    this.#gpu.lost.throwIfAborted();
    const { maxBufferSize, maxStorageBufferBindingSize } = this.#gpu.device.limits;
    const size = Math.max(16, Math.ceil(bytes / 4) * 4);
    if (size > Math.min(maxBufferSize, maxStorageBufferBindingSize))
      throw new TesseraError('gpu-failed', `${size} bytes do not fit in one buffer of this GPU`);
    const usage =
      GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST | extra;
    return this.#gpu.device.createBuffer({ size, usage });
  }

  /** A small block of numbers for `var<uniform>`. */
  uniform(words: Uint32Array<ArrayBuffer>): GPUBuffer {
    const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    const size = Math.ceil(words.byteLength / 16) * 16;
    const buffer = this.#gpu.device.createBuffer({ size, usage });
    this.write(buffer, words);
    return buffer;
  }

  write(
    buffer: GPUBuffer,
    values: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>,
    offset = 0,
  ): void {
    this.#gpu.device.queue.writeBuffer(buffer, offset, values);
  }

  /**
   * The kernel in `code` over `buffers`, at bindings 0, 1, … as the text declares and uses them all. Compiled once for each text; throws
   * `gpu-failed` where this driver refuses it.
   */
  async pass(
    code: string,
    buffers: readonly GPUBuffer[],
    groups: readonly [number, number?],
  ): Promise<Pass> {
    const pipeline = this.#pipelines.get(code) ?? (await this.#compile(code));
    const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
    const layout = pipeline.getBindGroupLayout(0);
    return { pipeline, bindings: this.#gpu.device.createBindGroup({ layout, entries }), groups };
  }

  async #compile(code: string): Promise<GPUComputePipeline> {
    const { device } = this.#gpu;
    const module = device.createShaderModule({ code });
    const { messages } = await until(module.getCompilationInfo(), this.lost);
    const error = messages.find(({ type }) => type === 'error');
    if (error) throw new TesseraError('gpu-failed', `line ${error.lineNum}: ${error.message}`);
    const descriptor = { layout: 'auto', compute: { module } } as const;
    const pipeline = await until(device.createComputePipelineAsync(descriptor), this.lost);
    this.#pipelines.set(code, pipeline);
    return pipeline;
  }

  /** All passes in one command buffer, in order. */
  submit(passes: readonly Pass[]): void {
    const { device } = this.#gpu;
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (const { pipeline, bindings, groups } of passes) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindings);
      pass.dispatchWorkgroups(...groups);
    }
    pass.end();
    device.queue.submit([encoder.finish()]);
  }

  /** Until everything submitted is done. */
  done(): Promise<undefined> {
    return until(this.#gpu.device.queue.onSubmittedWorkDone(), this.lost);
  }

  /** The first `bytes` of a buffer, after all that was submitted before. */
  async read(buffer: GPUBuffer, bytes: number): Promise<ArrayBuffer> {
    const { device } = this.#gpu;
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
    const staging = device.createBuffer({ size: Math.ceil(bytes / 4) * 4, usage });
    try {
      const encoder = device.createCommandEncoder();
      encoder.copyBufferToBuffer(buffer, 0, staging, 0, staging.size);
      device.queue.submit([encoder.finish()]);
      await until(staging.mapAsync(GPUMapMode.READ), this.lost);
      return staging.getMappedRange().slice(0, bytes);
    } finally {
      staging.destroy();
    }
  }

  /** Runs `work`; an error of validation or memory in it is a rejection and not a line in a console. */
  async checked<T>(work: () => T | Promise<T>): Promise<T> {
    const { device } = this.#gpu;
    device.pushErrorScope('out-of-memory');
    device.pushErrorScope('validation');
    let value: T | undefined;
    let thrown: unknown;
    try {
      value = await work();
    } catch (cause) {
      thrown = cause;
    }
    const errors = await until(
      Promise.all([device.popErrorScope(), device.popErrorScope()]),
      this.lost,
    );
    if (thrown) throw thrown;
    const error = errors.find(Boolean);
    if (error) throw new TesseraError('gpu-failed', error.message);
    return value as T; // nothing was thrown, so `work` gave it
  }
}
