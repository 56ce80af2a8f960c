import { count, percent, plural } from '../../lib/format.ts';
import type { Finding } from '../types.ts';
import { wordsOf } from '../words.ts';
import { joinName, offerWords, rowsWords } from './join-words.ts';
import type { Assembly, Join, Offer, Step, TypedTable } from './types.ts';

/** Costs that come with a purchase and are no part of its price; English, German, French, Spanish, Portuguese. */
const besides = new Set(
  'freight shipping delivery tax vat tip fee versand versandkosten porto steuer mwst livraison taxe envio flete impuesto frete imposto'.split(
    ' ',
  ),
);

/** What a person should know about how the tables were put together. Nothing of it is done silently. Pure. */
export function assemblyFindings(
  tables: readonly TypedTable[],
  assembly: Assembly,
  joins: readonly Join[] = [],
): readonly Finding[] {
  const of = (id: string) => tables.find((table) => table.id === id);
  const spine = of(assembly.spine);
  if (!spine) return [];
  const steps = assembly.steps.map((step) => ({
    step,
    from: of(step.from.table)!,
    to: of(step.to.table)!,
  })); // planned from these
  const names = steps.map(({ to }) => to.label).join(', ');
  const joined: Finding = {
    code: 'tables-joined',
    rows: spine.rows,
    words:
      steps.length > 0
        ? `Each of the ${plural(spine.rows, 'row')} of ${spine.label} is there once; columns were added from ${names}.`
        : `The ${plural(spine.rows, 'row')} of ${spine.label} are used; no other table could be joined to them.`,
  };
  return [
    joined,
    ...steps.flatMap(stepFindings),
    ...assembly.apart.flatMap(({ table, reason }) => apartFinding(of(table), reason)),
    ...joins.flatMap((join) => (join.offer ? [offerFinding(tables, join, join.offer)] : [])),
    ...amountFindings(spine, assembly, tables),
  ];
}

const offerFinding = (tables: readonly TypedTable[], join: Join, offer: Offer): Finding => ({
  code: 'join-would-fold',
  rows: join.orphans,
  words: `${joinName(tables, join)}: ${offerWords(tables, join, offer)} Choose it at this join if the keys mean the same.`,
});

type Seen = { readonly step: Step; readonly from: TypedTable; readonly to: TypedTable };

function stepFindings({ step, from, to }: Seen): readonly Finding[] {
  const { join, firstOnly } = step;
  const findings: Finding[] = [];
  if (join.folded)
    findings.push({
      code: 'join-folded',
      rows: 0,
      words: `Keys of ${from.label} and ${to.label} that differ in capitals and spaces only are taken for the same, as you chose.`,
    });
  const without = join.orphans + join.empty;
  if (without > 0)
    findings.push({
      code: 'join-orphans',
      rows: without,
      words: `${capital(rowsWords(join.coverage, without))} of ${from.label} find one in ${to.label}; for ${plural(without, 'row')} its columns are empty.`,
    });
  if (firstOnly && join.fanOut.most > 1)
    findings.push({
      code: 'join-first-only',
      rows: join.fanOut.most,
      words: `A row of ${from.label} meets up to ${plural(join.fanOut.most, 'row')} of ${to.label}; the first in its file was taken, so that no row comes twice.`,
    });
  if (to.kind === 'transactions' && join.orphansBack > 0)
    findings.push({
      code: 'orders-without-lines',
      rows: join.orphansBack,
      words: `${plural(join.orphansBack, 'row')} of ${to.label} (${percent(join.orphansBack / Math.max(1, to.rows))}) ${join.orphansBack === 1 ? 'has' : 'have'} no row in ${from.label} and so ${join.orphansBack === 1 ? 'takes' : 'take'} no part.`,
    });
  return findings;
}

const capital = (text: string): string => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;

function apartFinding(table: TypedTable | undefined, reason: string): readonly Finding[] {
  if (!table) return [];
  const words = `${table.label} (${count(table.rows)} rows of ${table.kind.replace('-', ' ')}) is not joined: ${reason[0]?.toLowerCase()}${reason.slice(1)}`;
  return [{ code: 'table-apart', rows: table.rows, words }];
}

/** What could be taken for the amount and is not: freight beside it, and sums of whole orders that would be counted once a line. */
function amountFindings(
  spine: TypedTable,
  assembly: Assembly,
  tables: readonly TypedTable[],
): readonly Finding[] {
  const amount = assembly.columns.find(({ role }) => role === 'amount');
  if (!amount) return [];
  const findings: Finding[] = [];
  for (const { name, type, header } of spine.columns)
    if (type === 'number' && wordsOf(header || name).some((word) => besides.has(word)))
      findings.push({
        code: 'amount-without',
        rows: spine.rows,
        words: `“${header || name}” is not part of the amount, which is “${amount.name}”. It stays as a column.`,
      });
  const others = tables.filter(
    ({ id, columns }) => id !== spine.id && columns.some(({ role }) => role === 'amount'),
  );
  for (const other of others) {
    const column = other.columns.find(({ role }) => role === 'amount')!; // filtered so
    findings.push({
      code: 'amount-elsewhere',
      rows: other.rows,
      words: `“${column.header || column.name}” of ${other.label} is not added to the amounts, so that nothing is counted twice.`,
    });
  }
  return findings;
}
