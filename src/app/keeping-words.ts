import type { Projects } from '../project/projects.svelte.ts';
import { backupWords, keepWords, usageWords } from '../project/store/words.ts';

/** When a backup was made, whether the browser keeps what is stored, and how much room is left. */
export const keepingWords = ({ current, shelf }: Projects): string =>
  [
    ...(current ? [`${backupWords(current.backedUpAt, new Date().toISOString())}.`] : []),
    keepWords(shelf.persisted),
    usageWords(shelf.usage),
  ].join(' ');
