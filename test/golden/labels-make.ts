import { writeFileSync } from 'node:fs';
import { goldenLabels } from './labels.ts';

const file = new URL('labels.json', import.meta.url);
void goldenLabels().then((labels) => writeFileSync(file, `${JSON.stringify(labels)}\n`));
