import type { Query } from '../../db/query.ts';
import type { FeatureTable } from '../../features/types.ts';
import { copiesOf } from '../../lib/copies.ts';
import { callJob, give, type Service } from '../../lib/job.ts';
import { pageJob } from '../../lib/page-job.ts';
import { Task } from '../../lib/task.svelte.ts';
import type { Segmentation } from '../../segments/types.ts';
import type { Dataset } from '../../tables/types.ts';
import type { InsightApi } from '../worker-api.ts';
import type { Answer } from './answers/types.ts';
import type { Lexicon } from './lexicon.ts';
import type { Ask, Parsed, Subject } from './types.ts';

/** What questions are asked of. */
export type Project = {
  readonly dataset: Dataset;
  readonly table: FeatureTable;
  readonly segmentation: Segmentation;
  /** The table with every column of the file. */
  readonly cleaned: string;
};

type Prepared = Project & {
  readonly subject: Subject;
  readonly lexicon: Lexicon;
  readonly parse: (question: string, lexicon: Lexicon, subject: Subject) => Parsed;
  readonly say: (ask: Ask, subject: Subject) => string;
};

/** A question with its answer. */
export type Asked = {
  readonly question: string;
  /** What ran, in words. */
  readonly words: string;
  readonly answer: Answer;
  /** The statements that were asked of the database; none where the features were enough. */
  readonly statements: readonly string[];
  readonly project: Project;
};

/** Questions in words about the project that is open. The reader of questions is loaded with the first. */
export class Asking {
  readonly task = new Task();
  /** The question that was answered last; its dialog is open while it is there. */
  asked = $state.raw<Asked | null>(null);
  #ready = $state.raw<Prepared | null>(null);
  readonly #worker: Service<InsightApi>;
  readonly #query: Query;
  readonly #preparing = new Task();

  constructor(worker: Service<InsightApi>, query: Query) {
    this.#worker = worker;
    this.#query = query;
  }

  /** Learns the words of the project. The same project is learnt once. */
  async prepare(project: Project): Promise<void> {
    const { dataset, table, segmentation } = project;
    const before = this.#ready;
    if (before?.segmentation === segmentation && before.table === table) return;
    this.#ready = null;
    const ready = await this.#preparing.run(async ({ signal }) => {
      const [{ listsOf, subjectOf }, { lexiconOf }, { parse }, { say }] = await Promise.all([
        import('./subject.ts'),
        import('./lexicon.ts'),
        import('./parse.ts'),
        import('./say.ts'),
      ]);
      const isSame = before?.dataset === dataset && before.table.asOf === table.asOf;
      const lists = isSame
        ? before.subject.lists
        : await listsOf(dataset, table, { query: this.#query, cleaned: project.cleaned, signal });
      const subject = subjectOf(table, segmentation, dataset, lists);
      return { ...project, subject, lexicon: lexiconOf(subject), parse, say };
    });
    if (ready) this.#ready = ready;
  }

  /** Whether the words of the project are being learnt: questions can be read in a moment. */
  get isLearning(): boolean {
    return this.#preparing.running;
  }

  /** What a question is read as; null while the words of the project are not known. */
  read(question: string): Parsed | null {
    const ready = this.#ready;
    return ready && question.trim() !== ''
      ? ready.parse(question, ready.lexicon, ready.subject)
      : null;
  }

  /** What will run, in words. */
  say(ask: Ask): string {
    return this.#ready?.say(ask, this.#ready.subject) ?? '';
  }

  async run(question: string, ask: Ask): Promise<void> {
    const ready = this.#ready;
    if (!ready) return;
    const { table, segmentation, subject } = ready;
    this.asked = null;
    const asked = await this.task.run(async (options) => {
      const { signal, onProgress } = options;
      onProgress?.({ stage: 'Answering', done: 0, total: 1 });
      const [{ Facts }, { telling }] = await Promise.all([
        import('./facts.ts'),
        import('./told.ts'),
      ]);
      const facts = new Facts(this.#query, { asOf: table.asOf }, table.customers.length, signal);
      const { features, raw, spend } = table;
      const { copies, buffers } = await copiesOf({ raw }, pageJob(options));
      const { labels, segments } = segmentation;
      const ground = {
        table: { features, ...copies, spend },
        segmentation: { labels, segments },
        subject,
      };
      const told = telling(facts);
      try {
        const answer = await callJob(
          this.#worker,
          (api, port) => api.answer(ask, give(ground, buffers), give(told.port, [told.port]), port),
          options,
        );
        const words = ready.say(ask, subject);
        return { question, words, answer, statements: facts.ran, project: ready };
      } finally {
        told.close();
      }
    });
    if (asked) this.asked = asked;
  }

  /** Another project: nothing that was asked holds for it. */
  clear(): void {
    this.task.cancel();
    this.#preparing.cancel();
    this.#ready = null;
    this.asked = null;
  }
}
