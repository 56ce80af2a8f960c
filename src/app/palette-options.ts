import type { Ask, Parsed } from '../insight/ask/types.ts';
import type { Command } from './commands.ts';

/** A line of the palette. */
export type Option = {
  readonly id: string;
  /** "Will run", "Try", "Customer"; nothing before a command. */
  readonly tag: string;
  readonly label: string;
  /** What Enter does: `true` leaves the palette open, with `text` in its field. */
  readonly act:
    | { readonly is: 'run'; readonly run: () => void }
    | { readonly is: 'ask'; readonly ask: Ask }
    | { readonly is: 'type'; readonly text: string };
};

export type Shown = {
  readonly options: readonly Option[];
  /** What stands above them: why there is no answer, what was read as what; null where there is nothing to say. */
  readonly words: string | null;
};

/** Commands that have every typed word. */
export const commandsWith = (commands: readonly Command[], typed: string): readonly Command[] =>
  commands.filter(({ label }) =>
    typed
      .toLowerCase()
      .split(/\s+/)
      .every((word) => label.toLowerCase().includes(word)),
  );

/** What the palette lists: a question that was understood first, then commands and customers; where there is none of these, what could be asked. */
export function optionsOf(
  given: {
    readonly typed: string;
    readonly commands: readonly Command[];
    readonly customers: readonly Option[];
    readonly parsed: Parsed | null;
    readonly isLearning?: boolean;
  },
  say: (ask: Ask) => string,
): Shown {
  const commands = commandsWith(given.commands, given.typed).map(({ label, id, run }): Option => ({
    ...{ id: id ?? label, tag: '', label },
    act: { is: 'run', run },
  }));
  const rest = [...commands, ...given.customers];
  const { parsed } = given;
  if (!parsed) {
    const none = given.isLearning
      ? 'Learning the words of this project: questions can be asked in a moment.'
      : 'No command has these words.';
    return { options: rest, words: rest.length > 0 ? null : none };
  }
  if (parsed.is === 'refused') {
    if (rest.length > 0) return { options: rest, words: null };
    const tries = parsed.nearest.map((text): Option => ({
      ...{ id: text, tag: 'Try', label: text },
      act: { is: 'type', text },
    }));
    return {
      options: tries,
      words: `I can’t answer that. ${parsed.reason}${tries.length > 0 ? ' The nearest that I can:' : ''}`,
    };
  }
  const asks = parsed.is === 'ask' ? [parsed.ask] : parsed.asks;
  const tag = parsed.is === 'ask' ? 'Will run' : 'Did you mean';
  const asked = asks.map((ask): Option => {
    const label = say(ask);
    return { id: `ask ${label}`, tag, label, act: { is: 'ask', ask } };
  });
  const slips = parsed.corrections.map(({ typed, read }) => `“${typed}” is read as “${read}”`);
  const several = parsed.is === 'choose' ? ['That can mean several things'] : [];
  const said = [...slips, ...several];
  return { options: [...asked, ...rest], words: said.length > 0 ? `${said.join('. ')}.` : null };
}
