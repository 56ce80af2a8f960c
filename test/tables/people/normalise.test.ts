import { describe, expect, it } from 'vitest';
import { addressOf, cityOf, postcodeOf, streetOf } from '../../../src/tables/people/address.ts';
import { birthOf } from '../../../src/tables/people/birth.ts';
import { emailOf, phoneOf } from '../../../src/tables/people/contact.ts';
import { fold } from '../../../src/lib/fold.ts';
import { foldName } from '../../../src/tables/people/fold.ts';
import { familyName, givenName, wholeName } from '../../../src/tables/people/names.ts';
import { namesakes, rootName } from '../../../src/tables/people/nicknames.ts';
import { makeRecords } from '../../../src/tables/people/records.ts';
import { suggestFields } from '../../../src/tables/people/suggest.ts';

it('folds case, accents, ligatures and marks, in every script', () => {
  expect(fold('  Zoë  O’Brien-Łuczak ')).toBe('zoe obrien luczak');
  expect(fold('STRAẞE Øre')).toBe('strasse ore');
  expect(fold('Ёлка ΆΝΝΑ 田中')).toBe('елка αννα 田中');
  expect(fold('...')).toBe('');
});

it('takes Müller, Mueller and Muller for one spelling', () => {
  expect(new Set(['Müller', 'Mueller', 'MULLER'].map(foldName)).size).toBe(1);
});

describe('names', () => {
  it.each([
    ['Dr. Ann Lee', 'ann', 'lee'],
    ['Lee, Ann', 'ann', 'lee'],
    ['LEE, Ann-Marie Jr.', 'ann marie', 'lee'],
    ['Prof. Dr. Jürgen von der Heide', 'jurgen', 'vonderheide'],
    ['Maria de la Cruz', 'maria', 'delacruz'],
    ['Sra. Ana García Lopez', 'ana garcia', 'lopez'],
    ['Madonna', '', 'madonna'],
    ['', '', ''],
    ['N/A', '', ''],
    ['Mr. Smith', '', 'smith'],
  ])('reads %j', (text, given, family) => {
    expect(wholeName(text)).toEqual({ given, family });
  });

  it('keeps double names as two parts and joins particles', () => {
    expect(familyName('Smith-Jones')).toBe('smith jones');
    expect(familyName("d'Angelo")).toBe('dangelo');
    expect(familyName('van der Meer')).toBe('vandermeer');
    expect(givenName('Unknown')).toBe('');
  });

  it('knows short forms of English, German, French and Spanish names, and that one may belong to several', () => {
    const shared = (a: string, b: string) =>
      namesakes(foldName(a)).some((sake) => namesakes(foldName(b)).includes(sake));
    for (const [a, b] of [
      ['Bob', 'Robert'],
      ['Katja', 'Katharina'],
      ['Kate', 'Catherine'],
      ['Pepe', 'José'],
      ['Steffi', 'Stéphanie'],
      ['Chris', 'Christine'],
      ['Chris', 'Christopher'],
    ] as const)
      expect([a, b, shared(a, b)]).toEqual([a, b, true]);
    expect(shared('Anna', 'Peter')).toBe(false);
    expect(rootName('bob')).toBe('robert');
    expect(rootName('xenophon')).toBe('xenophon');
  });
});

describe('e-mail', () => {
  it('ignores case, and dots and plus where the host does', () => {
    expect(emailOf(' Ann.Lee+shop@GoogleMail.com ', true)).toBe('annlee@gmail.com');
    expect(emailOf('ann.lee+shop@outlook.com', true)).toBe('ann.lee@outlook.com');
    expect(emailOf('ann.lee+shop@firma.de', true)).toBe('ann.lee+shop@firma.de');
    expect(emailOf('ann.lee+shop@gmail.com', false)).toBe('ann.lee+shop@gmail.com');
    expect(emailOf('"Ann" <ann@firma.de>', true)).toBe('ann@firma.de');
  });

  it.each([
    '',
    'none',
    'ann@',
    '@firma.de',
    'ann@firma',
    'a b@firma.de',
    'test@firma.de',
    'x@example.com',
  ])('takes %j for nobody’s', (text) => expect(emailOf(text, true)).toBe(''));
});

describe('phone', () => {
  it('is one number however it is written, where the country is known', () => {
    const ways = [
      '020 7946 0958',
      '+44 (0)20 7946 0958',
      '0044 20 79460958',
      '442079460958',
      '2079460958.0',
      '020-7946-0958 ext 12',
    ];
    expect(new Set(ways.map((text) => phoneOf(text, 'GB')))).toEqual(new Set(['442079460958']));
    expect(phoneOf('(555) 234-5678', 'US')).toBe(phoneOf('+1 555 234 5678', 'US'));
    expect(phoneOf('1-555-234-5678', 'US')).toBe('15552345678');
    expect(phoneOf('0170 1234567', 'DE')).toBe('491701234567');
  });

  it('is its last nine digits where the country is not', () => {
    expect(phoneOf('+49 170 1234567', '')).toBe(phoneOf('0170 1234567', ''));
    expect(phoneOf('+49 170 1234567', 'nowhere')).toBe('701234567');
  });

  it.each(['', '12345', '0000000000', '1234567', 'unknown', '---'])(
    'takes %j for nobody’s',
    (text) => expect(phoneOf(text, 'GB')).toBe(''),
  );
});

it.each([
  ['1980-04-03', '', '1980-04-03'],
  ['19800403', '', '1980-04-03'],
  ['3.4.1980', 'DE', '1980-04-03'],
  ['3/4/1980', '', '1980-04-03'],
  ['3/4/1980', 'US', '1980-03-04'],
  ['4/13/1980', 'GB', '1980-04-13'],
  ['1980', '', '1980'],
  ['1980.0', '', '1980'],
  ['0000-00-00', '', ''],
  ['1980-13-45', '', ''],
  ['42', '', ''],
  ['soon', '', ''],
])('reads the birth date %j (%j) as %j', (text, country, expected) => {
  expect(birthOf(text, country)).toBe(expected);
});

describe('address', () => {
  it('is one street however it is abbreviated', () => {
    const high = { street: 'high st', house: '12a' };
    for (const text of [
      '12a High Street',
      '12 A High St.',
      'High Street 12a',
      'Flat 3, 12a High Street',
    ])
      expect(streetOf(text)).toEqual(high);
    const haupt = { street: 'hauptstrasse', house: '5' };
    for (const text of ['Hauptstraße 5', 'Hauptstr. 5', 'HAUPTSTRASSE 5'])
      expect(streetOf(text)).toEqual(haupt);
    expect(streetOf('')).toEqual({ street: '', house: '' });
  });

  it('takes a line apart', () => {
    expect(addressOf('12 High St, Leeds LS1 4AB')).toEqual({
      street: 'high st',
      house: '12',
      postcode: 'ls14ab',
      city: 'leeds',
    });
    expect(addressOf('Hauptstr. 5, D-01067 Dresden')).toEqual({
      street: 'hauptstrasse',
      house: '5',
      postcode: '1067',
      city: 'dresden',
    });
    expect(addressOf('4 rue de Rivoli; 75001 Paris; France').postcode).toBe('75001');
    expect(addressOf('')).toEqual({ street: '', house: '', postcode: '', city: '' });
  });

  it('reads a postcode that lost its zero, and a ZIP+4', () => {
    expect(postcodeOf('01067')).toBe(postcodeOf('1067.0'));
    expect(postcodeOf('90210-1234')).toBe('90210');
    expect(postcodeOf('ls1 4ab')).toBe('ls14ab');
    expect(cityOf('Köln 3')).toBe('koln');
  });
});

it('puts two phones of a record beside each other and takes the first filled of everything else', async () => {
  const made = await makeRecords(
    2,
    [
      { as: 'phone', texts: ['020 7946 0958', ''] },
      { as: 'phone', texts: ['020 7946 0000', '020 7946 0958'] },
      { as: 'full-name', texts: ['Ann Lee', ''] },
      { as: 'given-name', texts: ['Anna', 'Bob'] },
    ],
    { country: 'GB', sameMailbox: true },
  );
  expect(made.phone.width).toBe(2);
  expect([...made.phone.codes]).toEqual([0, 1, 0, -1]);
  expect([...made.given.codes].map((code) => made.given.values[code])).toEqual(['ann', 'bob']);
  expect(made.email.codes.every((code) => code === -1)).toBe(true);
});

it('suggests the columns that tell people apart, and none that only sound like it', () => {
  const column = (header: string, role = 'feature', type: 'text' | 'number' = 'text') => ({
    name: header,
    header,
    type,
    role,
  });
  const columns = [
    column('customer_id', 'customer'),
    column('E-Mail'),
    column('Vorname', 'person-name'),
    column('lastName', 'person-name'),
    column('Date of birth', 'birth-date'),
    column('Place of birth'),
    column('email_opened', 'feature', 'number'),
    column('phone_number', 'phone'),
    column('PLZ'),
    column('customer_city', 'place'),
    column('Street', 'address'),
    column('product_name', 'product'),
    column('filename'),
  ];
  const found = suggestFields([{ id: 't1', table: 'raw', key: 'customer_id', columns }]);
  expect(found.map(({ column, as }) => [column, as])).toEqual([
    ['E-Mail', 'email'],
    ['Vorname', 'given-name'],
    ['lastName', 'family-name'],
    ['Date of birth', 'birth-date'],
    ['phone_number', 'phone'],
    ['PLZ', 'postcode'],
    ['customer_city', 'city'],
    ['Street', 'street'],
  ]);
});
