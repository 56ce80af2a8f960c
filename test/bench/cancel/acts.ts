import type { Query } from '../../../src/db/query.ts';
import type { FeatureTable } from '../../../src/features/types.ts';
import { sidesFor } from '../../../src/insight/compare/choices.ts';
import type { Insight } from '../../../src/insight/insight.svelte.ts';
import { unattended } from '../../../src/lib/job.ts';
import { pageJob } from '../../../src/lib/page-job.ts';
import { breathing } from '../../../src/lib/steps.ts';
import { Task } from '../../../src/lib/task.svelte.ts';
import type { Edit } from '../../../src/segments/hands/edits.ts';
import {
  compareVersions,
  nowOf,
  versionOf,
  type Version,
} from '../../../src/segments/hands/versions.ts';
import type { Segments } from '../../../src/segments/segments.svelte.ts';
import type { Dataset } from '../../../src/tables/types.ts';

export type Stage = {
  readonly table: FeatureTable;
  readonly segments: Segments;
  readonly insight: Insight;
  readonly query: Query;
};

/** Something that a person does with segments that are there, by the same verb as in the app. */
export type Act = {
  readonly name: string;
  /** Null where it is over before it could be stopped. */
  readonly task: Task | null;
  /** Puts things back, so that nothing is there from the last time. */
  readonly before?: () => unknown;
  /** What it came to, in words. */
  readonly run: () => Promise<string>;
};

const questions: readonly string[] = [
  'How many customers have more than 20 orders?',
  'What share of customers have a recency below 30 days?',
  'What share of revenue comes from customers with more than 20 orders?',
  'List customers with spend over 100',
  'Top 10 customers by spend',
  'Median spend by segment',
  'Compare customers with newsletter with customers without newsletter',
  'Which segments have falling spend?',
  'Which segment has the highest average order?',
  'Orders by month',
  'How has spend changed?',
  'Distribution of spend',
  'How many customers bought Coffee?',
  'Top 3 places by spend',
];

export function actsOf({ table, segments, insight }: Stage): readonly Act[] {
  const made = segments.segmentation!;
  const letters = made.segments.map(({ letter }) => letter);
  const fewer = table.customers.filter((_, r) => r % 1000 === 0);
  const edits: readonly (readonly [string, Edit])[] = [
    ['merge', { kind: 'merge', letters: letters.slice(0, 2), into: letters[0]!, reason: '' }],
    ['split', { kind: 'split', letter: letters[0]!, into: ['Y', 'Z'], where: null, reason: '' }],
    [
      'split by condition',
      {
        ...{ kind: 'split', letter: letters[0]!, into: ['Z'], reason: '' },
        where: [{ feature: 'spend', is: 'at-least', value: 50 }],
      },
    ],
    ['move', { kind: 'move', customers: fewer, to: letters[1]!, reason: '' }],
    ['exclude', { kind: 'exclude', customers: fewer, reason: '' }],
    ['dissolve', { kind: 'dissolve', letter: letters[1]!, reason: '' }],
    ['pin', { kind: 'pin', letter: 'P', customers: fewer, reason: '' }],
  ];
  const settings = segments.settings;
  const kept = segments.made;
  const { why, outcome, comparing, asking, finding } = insight;
  const { closer } = segments;
  const dataset = {
    ...{ kind: 'orders', has: ['order', 'date', 'amount', 'quantity', 'place', 'category'] },
    ...{ from: '2024-01-01', columns: [] },
  } as unknown as Dataset; // what finding and asking read of it
  const project = { dataset, table, segmentation: made };
  const ground = { table, segmentation: made, seed: 1 };
  const keeping = new Task();
  const about = { name: 'Now', on: '2025-12-30', features: {} };
  let other: Version | null = null;
  const done = (it: unknown) => (it ? 'done' : 'nothing');
  return [
    ...edits.map(([name, edit]): Act => ({
      name,
      task: segments.task,
      before: () => {
        segments.settings = { ...settings, edits: [edit] };
        segments.made = kept;
      },
      run: async () => {
        await segments.run(table);
        segments.mapTask.cancel();
        const words = segments.made?.hands?.outcomes[0]?.words ?? 'nothing';
        segments.settings = settings;
        segments.made = kept;
        return words;
      },
    })),
    {
      name: 'compare',
      task: comparing.task,
      run: async () => {
        const sides = sidesFor({ a: `segment ${letters[0]}`, b: 'others' }, made, null);
        if ('fault' in sides) return sides.fault;
        await comparing.run(table, sides.a, sides.b);
        return done(comparing.result);
      },
    },
    {
      name: 'check',
      task: closer.checkTask,
      before: () => closer.clear(),
      run: async () => {
        await segments.check(table, made);
        return `${closer.findingsOf(made)?.length} findings`;
      },
    },
    {
      name: 'rules',
      task: why.task,
      before: () => why.clear(),
      run: async () => (await why.findRules(table, made, 1), done(why.rulesOf(made))),
    },
    {
      name: 'reasons for one',
      task: why.oneTask,
      before: () => why.clear(),
      run: async () => (await why.explain(table, made, 5), done(why.oneOf(made, 5)?.found)),
    },
    {
      name: 'kinds of a segment',
      task: why.kindsTask,
      before: () => why.clear(),
      run: async () => (await why.findKinds(table, made, 0, 1), done(why.kindsOf(made, 0))),
    },
    {
      name: 'drivers, subgroups',
      task: outcome.task,
      before: () => outcome.clear(),
      run: async () => (
        await outcome.choose(ground, 'orders', null),
        done(outcome.answerOf(ground))
      ),
    },
    {
      name: 'nearest customers',
      task: closer.nearTask,
      before: () => closer.clear(),
      run: async () => (await closer.lookAround(table, 5, 1), done(closer.near)),
    },
    {
      name: 'learn who is who',
      task: finding.task,
      before: () => finding.clear(),
      run: async () => {
        await finding.prepare({ dataset, table, cleaned: 'orders' });
        return `${finding.find(table, 'C000', 50)?.rows.length} found`;
      },
    },
    {
      name: 'open a customer',
      task: finding.historyTask,
      before: () => finding.clear(),
      run: async () => {
        await finding.look(table, 5);
        return `${finding.historyOf(table, 5)?.orders} orders`;
      },
    },
    {
      name: 'save a version',
      task: keeping,
      run: async () => {
        const version = await keeping.run(async (options) => {
          const job = pageJob(options);
          const now = await breathing(nowOf(table.customers), job);
          return breathing(versionOf(about, settings, now, made), job);
        });
        return `${version?.labels.length} and ${version?.who?.length} letters`;
      },
    },
    {
      name: 'compare with a version of other customers',
      task: keeping,
      before: async () => {
        const others = table.customers.map((id, r) => (r % 10 === 0 ? `new ${id}` : id));
        other ??= await breathing(
          versionOf(about, settings, await breathing(nowOf(others), unattended), made),
          unattended,
        );
      },
      run: async () => {
        const found = await keeping.run(async (options) => {
          const job = pageJob(options);
          const now = await breathing(nowOf(table.customers), job);
          return breathing(
            compareVersions({ before: other, after: null }, [other!], made, now),
            job,
          );
        });
        return found && 'change' in found ? `${found.change.came} came` : 'nothing';
      },
    },
    ...questions.map((question): Act => ({
      name: question,
      task: asking.task,
      before: () => asking.prepare({ ...project, cleaned: 'orders' }),
      run: async () => {
        const read = asking.read(question);
        if (read?.is !== 'ask') return `${read?.is}`;
        await asking.run(question, read.ask);
        return asking.asked?.answer.sentence ?? 'nothing';
      },
    })),
  ];
}
