import type { Download } from '../lib/download.ts';
import { Task } from '../lib/task.svelte.ts';
import { customersCsv, type CustomerList } from './csv.ts';
import { fileName } from './file-name.ts';
import { pageJob } from '../lib/page-job.ts';
import type { TextMode } from '../lib/csv-cell.ts';

/** The exports stage: results in, files out. Nothing is saved until the app hands a file to the person (`download`). */
export class Exports {
  mode = $state<TextMode>('safe');
  readonly task = new Task();

  /** Undefined if it was cancelled or failed (see `task.error`). */
  async customers(
    source: string,
    { table, segmentation }: Omit<CustomerList, 'mode'>,
  ): Promise<Download | undefined> {
    const { mode } = this;
    const blob = await this.task.run((options) =>
      customersCsv({ table, segmentation, mode }, pageJob(options)),
    );
    return blob && { name: fileName(source, 'customers', 'csv'), blob };
  }

  /** `text` as `serialise` of project/ made it. */
  recipe(source: string, text: string): Download {
    const blob = new Blob([text], { type: 'application/json' });
    return { name: fileName(source, 'recipe', 'json'), blob };
  }

  /** `text` is CSV without a mark of its encoding; `what` says what it lists: `comparison`. */
  list(source: string, what: string, text: string): Download {
    const parts = this.mode === 'safe' ? ['\ufeff', text] : [text];
    const blob = new Blob(parts, { type: 'text/csv;charset=utf-8' });
    return { name: fileName(source, what, 'csv'), blob };
  }

  /** `blob` is an SVG or a PNG as charts/ drew it; `what` says what it shows: `map`. */
  picture(source: string, what: string, blob: Blob): Download {
    const ending = blob.type === 'image/svg+xml' ? 'svg' : 'png';
    return { name: fileName(source, what, ending), blob };
  }
}
