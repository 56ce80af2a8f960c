import { beforeAll, describe, expect, it } from 'vitest';
import { answer } from '../../src/insight/ask/answer.ts';
import type { Answer } from '../../src/insight/ask/answers/types.ts';
import { parse } from '../../src/insight/ask/parse.ts';
import { byHand, questions, type Expected, type Question } from './ask-questions.ts';
import { coffeeWorld, phoneWorld, retailWorld, type World } from './ask-worlds.ts';

const worlds = new Map<string, World>();
beforeAll(async () => {
  for (const [name, made] of [
    ['retail', retailWorld()],
    ['coffee', coffeeWorld()],
    ['phone', phoneWorld()],
  ] as const) {
    const world = await made;
    worlds.set(name, world);
    if (world.table.asOf) await world.all(byHand(world.table.asOf));
  }
}, 120_000);

const near = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 2e-5 * Math.max(1, Math.abs(a), Math.abs(b));

function fault(found: Answer, expected: Expected, world: World): string | null {
  const names = (at: number) => world.segmentation.segments[at]!.name;
  if ('figure' in expected)
    return found.figure && near(found.figure.value, expected.figure)
      ? null
      : `${found.figure?.value} for ${expected.figure}`;
  if ('says' in expected) return expected.says.test(found.sentence) ? null : found.sentence;
  if ('ids' in expected) {
    const ids = [...found.order].map((r) => world.table.customers[r]!);
    const [a, b] = expected.ordered
      ? [ids, [...expected.ids]]
      : [ids.toSorted(), [...expected.ids].toSorted()];
    return a.join() === b.join() ? null : `${a.slice(0, 9).join()} for ${b.slice(0, 9).join()}`;
  }
  if ('met' in expected) {
    const met = found.rows.filter(({ isMet }) => isMet).map(({ segment }) => names(segment!));
    return met.toSorted().join() === [...expected.met].toSorted().join()
      ? null
      : `${met.join()} for ${expected.met.join()}`;
  }
  const rows = found.rows.map(({ label, figures }) => [label, figures[0]?.value ?? NaN] as const);
  const isSame =
    rows.length === expected.rows.length &&
    rows.every(
      ([label, value], i) => label === expected.rows[i]![0] && near(value, expected.rows[i]![1]),
    );
  return isSame ? null : `${JSON.stringify(rows)} for ${JSON.stringify(expected.rows)}`;
}

type Outcome = { readonly right: boolean; readonly silent: boolean; readonly words: string };

async function judge(question: Question): Promise<Outcome> {
  const world = worlds.get(question.of)!;
  const parsed = parse(question.ask, world.lexicon, world.ground().subject);
  const wanted = question.answer;
  if (wanted === 'refused')
    return { right: parsed.is === 'refused', silent: parsed.is === 'ask', words: parsed.is };
  if (typeof wanted === 'object') {
    const right = parsed.is === 'choose' && parsed.asks.length === wanted.choices;
    return { right, silent: parsed.is === 'ask', words: parsed.is };
  }
  if (parsed.is !== 'ask')
    return {
      right: false,
      silent: false,
      words: parsed.is === 'refused' ? parsed.reason : `${parsed.asks.length} choices`,
    };
  const wrong = fault(await answer(parsed.ask, world.ground()), await wanted(world), world);
  return { right: wrong === null, silent: wrong !== null, words: wrong ?? 'right' };
}

describe('written questions with known answers', () => {
  it('at least nine in ten are right, and none is silently wrong', async () => {
    const outcomes: (Outcome & { ask: string })[] = [];
    for (const question of questions)
      outcomes.push({ ...(await judge(question)), ask: question.ask });
    const right = outcomes.filter((each) => each.right).length;
    const silent = outcomes.filter((each) => each.silent);
    const refused = questions.filter((each) => each.answer === 'refused').length;
    console.log(
      `ask: ${right} of ${questions.length} right (${refused} of them to be refused), ${silent.length} silently wrong`,
    );
    for (const each of outcomes)
      if (!each.right) console.log(`  not right: ${each.ask}: ${each.words}`);
    expect(silent).toEqual([]);
    expect(questions.length).toBeGreaterThanOrEqual(100);
    expect(refused).toBeGreaterThanOrEqual(20);
    expect(right / questions.length).toBeGreaterThanOrEqual(0.9);
  }, 60_000);
});
