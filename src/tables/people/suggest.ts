import { fold } from '../../lib/fold.ts';
import type { FieldKind, PeopleField } from './types.ts';

/** A table whose rows tell of people. */
export type PeopleTable = {
  /** As in record keys: `t1`. */
  readonly id: string;
  /** In the database: `raw_t1`, with a column `line`. */
  readonly table: string;
  /** The column that says whose a row is; rows with the same value are one record. Null: every row is one. */
  readonly key: string | null;
  readonly columns: readonly PeopleColumn[];
};

/** What is asked of a column; a `Column` has it all. */
export type PeopleColumn = {
  readonly name: string;
  readonly header: string;
  readonly type: 'text' | 'number' | 'date' | 'yes-no';
  readonly role: string;
};

/** Headers without accents, blanks and marks; the first that fits counts. English, German, French, Spanish, Portuguese. */
const headers: readonly (readonly [FieldKind, RegExp])[] = [
  [
    'email',
    /^(customer|contact|work|home|private)?(e?mail|emailaddress|emailadresse|correo|courriel)\d?$/,
  ],
  ['phone', /(phone|telefon|telefono|telephone|mobile|mobil|movil|handy|celular|^tel$|^cell$)/],
  ['given-name', /(firstname|givenname|forename|vorname|prenom|^first$|^given$|^nombre$)/],
  [
    'family-name',
    /(lastname|familyname|surname|nachname|familienname|apellido|nomdefamille|sobrenome|^last$|^family$)/,
  ],
  ['birth-date', /(birth|^dob$|geburt|naissance|nacimiento|nascimento)/],
  [
    'postcode',
    /(postcode|postalcode|zipcode|^zip$|^plz$|postleitzahl|codepostal|codigopostal|^cep$)/,
  ],
  ['city', /^(customer|home|billing|shipping)?(city|town|ort|stadt|wohnort|ville|ciudad|cidade)$/],
  ['street', /(street|strasse|^rue$|^calle$|^str$|addressline1|^address1$)/],
  [
    'address',
    /^(full|postal|home|billing|shipping|customer)?(address|adresse|anschrift|direccion|endereco)$/,
  ],
  ['full-name', /^(full|customer|client|contact|kunden|person)?(name|nom|fullname|nomecompleto)$/],
];

/** Says a header of something else: of the day an e-mail was opened, of a place of birth, of a product's name. */
const other =
  /(opened|clicked|optin|consent|count|number of|verified|place|ort$|country|state|product|company|user|file|store)/;

/** Where people live tells them apart only together with one of these. */
const telling: readonly FieldKind[] = [
  'email',
  'phone',
  'given-name',
  'family-name',
  'full-name',
  'birth-date',
];

/** Columns of these tables that tell people apart, by role and header; none where there are only places. */
export function suggestFields(tables: readonly PeopleTable[]): readonly PeopleField[] {
  return tables
    .map(fieldsOf)
    .filter((fields) => fields.some(({ as }) => telling.includes(as)))
    .flat();
}

const fieldsOf = ({ id, key, columns }: PeopleTable): readonly PeopleField[] =>
  columns.flatMap((column) => {
    const as = column.name === key || column.type === 'yes-no' ? undefined : kindOf(column);
    return as ? [{ table: id, column: column.name, as }] : [];
  });

function kindOf({ header, name, role }: PeopleColumn): FieldKind | undefined {
  const words = fold((header || name).replace(/([a-z])([A-Z])/g, '$1 $2'));
  const bare = words.replaceAll(' ', '');
  const named = headers.find(
    ([kind, pattern]) => pattern.test(bare) && (kind === 'city' || !other.test(words)),
  )?.[0];
  switch (role) {
    case 'email':
    case 'phone':
    case 'birth-date':
      return role;
    case 'person-name':
      return named === 'given-name' || named === 'family-name' ? named : 'full-name';
    case 'address':
      return named === 'street' || named === 'postcode' || named === 'city' ? named : 'address';
    default:
      return named;
  }
}
