import { TesseraError } from '../../src/lib/errors.ts';
import type {
  Curve,
  Epoch,
  Graph,
  LayoutKernel,
  Picture,
} from '../../src/segments/kernels/layout.ts';
import type { Fallback } from './lloyd.ts';

/** A graph on a GPU. */
export type GpuPicture = {
  /** Positions [vertices × 2] for the first epoch. */
  place(positions: Float32Array): void;
  /** One epoch; positions after it go to `out`. */
  epoch(step: Epoch, out: Float32Array): Promise<void>;
  close(): void;
};
export type OpenGpuPicture = (graph: Graph, curve: Curve, first: number) => Promise<GpuPicture>;

/**
 * `openPicture` on a GPU: the same seed gives the same picture on the same GPU, one that resembles the processor's but not its bytes, since
 * every GPU may round in its own way. If it is lost, `own` goes on from where the picture stood.
 */
export const openPictureWith =
  (open: OpenGpuPicture, own: LayoutKernel, { onLost }: Fallback): LayoutKernel['openPicture'] =>
  (graph, curve, first) => {
    const positions = new Float32Array(2 * graph.rows);
    let gpu: GpuPicture | null = null;
    let spare: Picture | null = null;
    const goOn = (): Picture => {
      spare = own.openPicture(graph, curve, first);
      spare.positions().set(positions);
      return spare;
    };
    return {
      positions: () => spare?.positions() ?? positions,
      async epoch(step: Epoch, pause) {
        if (spare) return spare.epoch(step, pause);
        try {
          if (!gpu) {
            gpu = await open(graph, curve, first);
            gpu.place(positions);
          }
          await gpu.epoch(step, positions);
        } catch (error) {
          if (!(error instanceof TesseraError && error.code === 'gpu-failed')) throw error;
          gpu?.close();
          gpu = null;
          onLost(error);
          return goOn().epoch({ ...step, keep: 0 }, pause); // its last move is not known there
        }
        await pause(graph.rows);
      },
      close() {
        gpu?.close();
        spare?.close();
      },
    };
  };
