import { wordsOf } from '../words.ts';
import { moreRoleOf } from '../role-more.ts';
import type { Scores, Seen } from '../role-scores.ts';
import type { Role, SourceKind } from '../types.ts';
import { kindRules } from './kind-rules.ts';

export type KindGuess = {
  readonly kind: SourceKind;
  /** 0 to 1. */
  readonly confidence: number;
  readonly reason: string;
};

/** What the rules ask about a table. */
export type KindFacts = {
  /** Of the file's name and of the columns' names. */
  readonly label: readonly string[];
  readonly words: ReadonlySet<string>;
  readonly columns: readonly Seen[];
  /** The column that plays a role best, where one does so surely. */
  playing(role: Role): Seen | undefined;
  /** Whether its values hardly ever come back. */
  isUnique(column: Seen | undefined): boolean;
};

/** What file names say: English, German, French, Spanish, Portuguese. */
const named: readonly (readonly [SourceKind, string])[] = [
  ['order-lines', 'items lines orderlines positions positionen lignes lineas linhas'],
  [
    'transactions',
    'orders transactions sales purchases invoices bestellungen verkaufe umsatze commandes ventes pedidos ventas vendas facturas',
  ],
  [
    'customers',
    'customers customer clients members users households demographics kunden clientes accounts contacts people',
  ],
  [
    'products',
    'products items articles artikel produkte produits productos produtos catalog catalogue katalog',
  ],
  ['payments', 'payments zahlungen paiements pagos pagamentos'],
  [
    'reviews',
    'reviews ratings feedback tickets messages bewertungen avis resenas avaliacoes complaints',
  ],
  [
    'campaigns',
    'campaigns coupons promotions offers kampagnen campagnes campanas campanhas angebote',
  ],
  ['contacts', 'contacts campaigns mailings targeted sends'],
  ['redemptions', 'redemptions redeemed einlosungen'],
  ['events', 'events clicks sessions visits logs activity ereignisse'],
  ['images', 'images photos pictures bilder fotos'],
  ['lookup', 'lookup translation codes mapping sellers stores shops geolocation regions filialen'],
];

/** What a row of this table is: from the names of the file and the columns, their types, and how often values come back. Pure. */
export function suggestKind({
  label,
  seen,
  scores,
}: {
  readonly label: string;
  readonly seen: readonly Seen[];
  readonly scores: Scores;
}): KindGuess {
  const words = wordsOf(label);
  const more = seen.map((column) => moreRoleOf(column));
  const facts: KindFacts = {
    label: words,
    words: new Set(seen.flatMap(({ header }) => wordsOf(header))),
    columns: seen,
    playing(role) {
      const found = scores.best(role);
      if (found && found.score >= 0.5) return seen[found.index];
      const best = more
        .flatMap((each, i) => (each?.role === role ? [{ ...each, i }] : []))
        .toSorted((a, b) => b.score - a.score)[0];
      return best && seen[best.i];
    },
    isUnique: (column) =>
      column !== undefined && column.filled > 0 && column.distinct >= 0.98 * column.filled,
  };
  for (const { kind, confidence, when } of kindRules) {
    const reason = when(facts);
    if (reason === null) continue;
    const told = named.some(
      ([of, list]) => of === kind && list.split(' ').some((word) => words.includes(word)),
    );
    const sure = Math.round(100 * Math.min(0.98, confidence + (told ? 0.1 : 0))) / 100;
    const also = told && !reason.includes('file’s name') ? ' The file’s name says so too.' : '';
    return { kind, confidence: sure, reason: reason + also };
  }
  return {
    kind: 'other',
    confidence: 0.4,
    reason: 'Nothing in its columns says what a row of it is.',
  };
}
