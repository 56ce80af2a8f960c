/**
 * Kills a real browser (SIGKILL, the whole process group) while projects are imported, edited, renamed, deleted, undone and exported, and looks at what is left.
 * A log outside the browser holds what had been reported as saved. `npm run bench -- crash 50 7` makes 50 kills with seed 7.
 */
import { machine, printTable } from '../support/figures.ts';
import { killAgainAndAgain } from './crash/kills.ts';

const kills = Number(process.argv[2] ?? 200);
const seed = Number(process.argv[3] ?? 1);
if (!(Number.isInteger(kills) && kills >= 1)) throw new RangeError('how many kills?');

const onkill = (done: number) => done % 20 === 0 && console.log(`${done} of ${kills} kills`);
const { lost, torn, unopenable, acknowledged, during } = await killAgainAndAgain({
  kills,
  seed,
  onkill: (done) => void onkill(done),
});
console.log(`\n${machine()}`);
printTable([
  ['killed during', 'times'],
  ...Object.entries(during)
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([site, times]) => [site, String(times)]),
  ['reported as saved, all rounds', String(acknowledged)],
]);
for (const each of [...lost, ...torn, ...unopenable]) console.log(`  ${each}`);
const bad = lost.length + torn.length + unopenable.length;
console.log(
  `\ncrash: ${lost.length} lost, ${torn.length} torn, ${unopenable.length} unopenable in ${kills} kills (goal 0) ${bad === 0 ? 'PASS' : 'MISS'}`,
);
process.exitCode = bad === 0 ? 0 : 1;
