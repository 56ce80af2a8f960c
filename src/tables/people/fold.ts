import { fold } from '../../lib/fold.ts';

/** `fold`, and ae, oe, ue as a, o, u: Müller, Mueller and Muller are one spelling. For names only. */
export const foldName = (text: string): string => fold(text).replace(/([aou])e/g, '$1');
