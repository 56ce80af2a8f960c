import { expect, it } from 'vitest';
import { optionsOf } from '../../src/app/palette-options.ts';
import type { Ask, Parsed } from '../../src/insight/ask/types.ts';

const commands = [
  { label: 'Go to Data', run: () => {} },
  { label: 'Save the recipe', run: () => {} },
];
const ask: Ask = { kind: 'segment-count' };
const say = (it: Ask) => it.kind;
const shown = (typed: string, parsed: Parsed | null) =>
  optionsOf({ typed, commands, customers: [], parsed }, say);

it('a question that was understood comes first, then commands', () => {
  const { options, words } = shown('go', { is: 'ask', ask, corrections: [] });
  expect(options.map(({ tag, label }) => `${tag}: ${label}`)).toEqual([
    'Will run: segment-count',
    ': Go to Data',
  ]);
  expect(words).toBeNull();
});

it('while the words of the project are learnt, that is said', () => {
  const given = { typed: 'how many', commands, customers: [], parsed: null };
  expect(optionsOf({ ...given, isLearning: true }, say).words).toMatch(/^Learning the words/);
  expect(optionsOf(given, say).words).toBe('No command has these words.');
});

it('what was read as something else is said', () => {
  const { words } = shown('x', {
    is: 'ask',
    ask,
    corrections: [{ typed: 'spned', read: 'spend' }],
  });
  expect(words).toBe('“spned” is read as “spend”.');
});

it('several readings are all offered', () => {
  const two: Ask = { kind: 'define', feature: 0 };
  const { options, words } = shown('x', { is: 'choose', asks: [ask, two], corrections: [] });
  expect(options.map(({ tag }) => tag)).toEqual(['Did you mean', 'Did you mean']);
  expect(words).toMatch(/several/);
});

it('a refusal says why and what can be asked, but not where a command was meant', () => {
  const refused: Parsed = { is: 'refused', reason: 'Why.', nearest: ['orders by month'] };
  expect(shown('recipe', refused)).toMatchObject({
    words: null,
    options: [{ label: 'Save the recipe' }],
  });
  const { options, words } = shown('zzz', refused);
  expect(words).toMatch(/I can’t answer that. Why./);
  expect(options[0]?.act).toEqual({ is: 'type', text: 'orders by month' });
});

it('nothing found is said', () => {
  expect(shown('zzz', null)).toEqual({ options: [], words: 'No command has these words.' });
});

it('two projects of one name are two options', () => {
  const twice = ['a', 'b'].map((id) => ({ id, label: 'Open the project shop', run: () => {} }));
  const given = { typed: '', commands: twice, customers: [], parsed: null };
  expect(new Set(optionsOf(given, say).options.map(({ id }) => id)).size).toBe(2);
});
