import { hearGuard } from '../src/guard/worker-canaries.ts';
import { serve } from './kernels/crew.ts';

/** One more thread for the hot loops of another worker, which sends the ports. */
hearGuard();
self.addEventListener(
  'message',
  ({ data }: MessageEvent<{ readonly crew?: MessagePort } | null>) => {
    if (data?.crew) serve(data.crew);
  },
);
