import type { Job } from '../../src/lib/job.ts';
import type { Kernels } from '../../src/segments/kernels/types.ts';
import type { Rows } from '../../src/segments/kernels/lloyd.ts';
import { openDevice, type GpuOptions } from './device.ts';
import { holdRowsWith, type Fallback } from './lloyd.ts';
import { openPictureWith, type OpenGpuPicture } from './picture.ts';
import type { GpuRows } from './rows.ts';
import { openSearchWith, type SearchNear } from './search.ts';
import { openRows as openTextures } from './webgl/assign.ts';
import { Easel } from './webgl/easel.ts';
import { searchNear as searchTextures } from './webgl/knn.ts';
import { openPicture as openTexturePicture } from './webgl/layout.ts';
import { openRows } from './webgpu/assign.ts';
import { Desk } from './webgpu/desk.ts';
import { searchNear } from './webgpu/knn.ts';
import { openPicture } from './webgpu/layout.ts';

/** The GPU of this machine. A call that it cannot end rejects with a TesseraError `gpu-failed`. */
export type Gpu = {
  readonly kind: 'webgpu' | 'webgl';
  readonly name: string;
  readonly isSoftware: boolean;
  readonly lost: AbortSignal;
  openRows(rows: Rows, job: Job): Promise<GpuRows>;
  readonly searchNear: SearchNear;
  readonly openPicture: OpenGpuPicture;
  close(): void;
  /** Loses the device as a driver would. */
  breakForTests(): void;
};

/** Tested with known answers; null where there is none to use. */
export async function openGpu(options: GpuOptions): Promise<Gpu | null> {
  const opened = await openDevice(options);
  if (!opened) return null;
  if (opened.kind === 'webgl') {
    const easel = new Easel(opened);
    return {
      ...opened,
      openRows: (rows, job) => openTextures(easel, rows, job),
      searchNear: (task, pause) => searchTextures(easel, task, pause),
      openPicture: (graph, curve, first) => openTexturePicture(easel, graph, curve, first),
    };
  }
  const desk = new Desk(opened);
  return {
    ...opened,
    openRows: (rows, job) => openRows(desk, rows, job),
    searchNear: (task, pause) => searchNear(desk, task, pause),
    openPicture: (graph, curve, first) => openPicture(desk, graph, curve, first),
  };
}

/**
 * `own` with the loops that a GPU is fast at on `gpu`: the same bytes for k-means and neighbours; for the picture see `openPictureWith`. Each
 * goes on with `own` in the same run if the GPU cannot, and `onLost` hears each reason once.
 */
export const kernelsWith = (gpu: Gpu, own: Kernels, { onLost, least }: Fallback): Kernels => {
  const said = new Set<string>();
  const once: Fallback = {
    least,
    onLost(error) {
      if (!said.has(error.message)) (said.add(error.message), onLost(error));
    },
  };
  return {
    ...own,
    holdRows: holdRowsWith(gpu.openRows, own.holdRows, once),
    openSearch: openSearchWith(gpu.searchNear, own.openSearch, once),
    layout: { ...own.layout, openPicture: openPictureWith(gpu.openPicture, own.layout, once) },
  };
};
