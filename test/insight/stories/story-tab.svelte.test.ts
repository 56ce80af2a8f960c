// @vitest-environment jsdom
import { expect, it, vi } from 'vitest';
import { storyText, type Story } from '../../../src/insight/stories/claim.ts';
import StoryTab from '../../../src/insight/stories/StoryTab.svelte';
import { button, click, show } from '../../support/show.ts';

const source = { of: 'driver', feature: 2, part: 'here' } as const;
const story: Story = {
  sentence: [{ text: 'Regulars', value: 0, source: { of: 'name' } }, ': 12 of all.'],
  card: [
    {
      title: 'How they buy',
      claims: [['The median of orders is ', { text: '62', value: 62, source }, ' here.']],
    },
  ],
};

function shown(own: string | null) {
  const calls = { onfollow: vi.fn(), oncopy: vi.fn(), onwrite: vi.fn() };
  return { root: show(StoryTab, { story, letter: 'A', own, ...calls }), ...calls };
}

it('tells the story; a number leads to its place, what is in sight already does not', () => {
  const { root, onfollow, oncopy } = shown(null);
  expect(root.textContent).toContain('The median of orders is 62 here.');
  const numbers = root.querySelectorAll('a');
  expect([...numbers].map((each) => each.textContent)).toEqual(['62']);
  click(numbers[0]);
  expect(onfollow).toHaveBeenCalledWith(source);
  click(button(root, 'Copy'));
  expect(oncopy).toHaveBeenCalledWith(storyText(story));
});

it('is edited: own words are kept, nothing or the same text gives Tessera’s back', () => {
  for (const [typed, kept] of [
    ['  My words ', 'My words'],
    ['', null],
    [storyText(story), null],
  ] as const) {
    const { root, onwrite } = shown(null);
    click(button(root, 'Edit'));
    const field = root.querySelector('textarea')!;
    expect(field.value).toBe(storyText(story));
    field.value = typed;
    root
      .querySelector('form')!
      .dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    expect(onwrite).toHaveBeenCalledWith(kept);
  }
});

it('shows a person’s own text, says that its figures are not checked, and the way back', () => {
  const { root, onwrite } = shown('All mine, 99 %.');
  expect(root.textContent).toContain('All mine, 99 %.');
  expect(root.textContent).toContain('its figures are not checked');
  expect(root.querySelectorAll('a')).toHaveLength(0);
  click(button(root, 'Back to Tessera’s'));
  expect(onwrite).toHaveBeenCalledWith(null);
});
