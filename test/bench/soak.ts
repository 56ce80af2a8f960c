/** Whether a map that is explored at random for 30 minutes grows in memory. `npm run bench -- soak 60` takes a minute. */
import { headline, openMapLab, row, verdict } from './map/race.ts';
import { hasGrown, soak } from './map/soak.ts';

const seconds = Number(process.argv[2] ?? 1800);
const count = 200_000;
const lab = await openMapLab();
try {
  headline(lab, `${count.toLocaleString('en-GB')} points, ${seconds} s`);
  const soaked = await soak(lab, count, seconds);
  row('things done', String(soaked.steps));
  row('elements of the page, early and at the end', `${soaked.nodesBefore}, ${soaked.nodesAfter}`);
  verdict(
    'soak',
    `${soaked.before.toFixed(1)} MB early, ${soaked.after.toFixed(1)} MB at the end`,
    'not more than a tenth',
    !hasGrown(soaked),
  );
} finally {
  await lab.close();
}
