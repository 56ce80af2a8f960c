import type { Job } from '../../src/lib/job.ts';
import type { Kernels } from '../../src/segments/kernels/types.ts';
import type { Rows } from '../../src/segments/kernels/lloyd.ts';
import { openDevice, type GpuOptions, type WebGpu } from './device.ts';
import { holdRowsWith, type OnLost } from './lloyd.ts';
import type { GpuRows } from './rows.ts';
import { openRows } from './webgpu/assign.ts';
import { Desk } from './webgpu/desk.ts';

/** The GPU of this machine. A call that it cannot end rejects with a TesseraError `gpu-failed`. */
export type Gpu = {
  readonly kind: 'webgpu' | 'webgl';
  readonly name: string;
  readonly isSoftware: boolean;
  readonly lost: AbortSignal;
  openRows(rows: Rows, job: Job): Promise<GpuRows>;
  close(): void;
  /** Loses the device as a driver would. */
  breakForTests(): void;
};

/** Tested with known answers; null where there is none to use. */
export async function openGpu(options: GpuOptions): Promise<Gpu | null> {
  const opened = await openDevice(options);
  return opened?.kind === 'webgpu' ? onWebGpu(opened) : null;
}

function onWebGpu(gpu: WebGpu): Gpu {
  const desk = new Desk(gpu);
  return { ...gpu, openRows: (rows, job) => openRows(desk, rows, job) };
}

/** `own` with the hot loops that a GPU is fast at on `gpu`. Each goes on with `own` if the GPU is lost, which `onLost` hears. */
export const kernelsWith = (gpu: Gpu, own: Kernels, onLost: OnLost): Kernels => ({
  ...own,
  holdRows: holdRowsWith(gpu.openRows, own.holdRows, onLost),
});
