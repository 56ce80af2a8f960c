import type { Block, CanaryReport, GuardMessage } from './types.ts';

/**
 * Page side of `answerGuard`: waits for the report of the worker at the other end of `port`.
 * Later blocks in that worker go to `onblock`, so the port stays open.
 */
export function askGuard(
  port: MessagePort,
  signal: AbortSignal,
  onblock: (block: Omit<Block, 'count'>) => void = () => {},
): Promise<CanaryReport> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    port.onmessage = ({ data }: MessageEvent<GuardMessage>) =>
      'report' in data ? resolve(data.report) : onblock(data);
  });
}
