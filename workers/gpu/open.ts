import type { Job } from '../../src/lib/job.ts';
import type { Matrix } from '../../src/lib/matrix.ts';
import { openDevice, type GpuOptions, type WebGpu } from './device.ts';
import type { HeldRows } from './types.ts';
import { holdRows } from './webgpu/assign.ts';
import { Desk } from './webgpu/desk.ts';

/** What a worker may ask of the GPU. Every call may reject with a TesseraError `gpu-failed`: go on with the processor then, and say so. */
export type Gpu = {
  readonly kind: 'webgpu' | 'webgl';
  readonly name: string;
  readonly isSoftware: boolean;
  readonly lost: AbortSignal;
  hold(x: Matrix, job?: Job): Promise<HeldRows>;
  close(): void;
};

/** The GPU of this machine, tested; null where there is none to use. */
export async function openGpu(options: GpuOptions): Promise<Gpu | null> {
  const opened = await openDevice(options);
  return opened?.kind === 'webgpu' ? onWebGpu(opened) : null;
}

function onWebGpu(gpu: WebGpu): Gpu {
  const desk = new Desk(gpu);
  const { kind, name, isSoftware, lost, close } = gpu;
  return { kind, name, isSoftware, lost, close, hold: (x, job) => holdRows(desk, x, job) };
}
