import { describe, expect, it } from 'vitest';
import { comparer } from '../../../src/tables/people/compare.ts';
import { levelIn, levels, MISSING } from '../../../src/tables/people/levels.ts';
import { makeRecords } from '../../../src/tables/people/records.ts';
import { comparisons, type FieldKind } from '../../../src/tables/people/types.ts';

const kinds = ['given-name', 'family-name', 'email', 'phone', 'birth-date', 'address'] as const;
type Cells = Partial<Record<(typeof kinds)[number], string>>;

/** The level of each comparison of two people, in words; null where it is missing. */
async function between(a: Cells, b: Cells): Promise<Record<string, string | null>> {
  const columns = kinds.map((as: FieldKind) => ({
    as,
    texts: [a, b].map((cells) => cells[as as keyof Cells] ?? ''),
  }));
  const compare = comparer(await makeRecords(2, columns, { country: 'GB', sameMailbox: true }));
  expect(compare(1, 0)).toBe(compare(0, 1));
  return Object.fromEntries(
    comparisons.map((comparison, c) => {
      const level = levelIn(compare(0, 1), c);
      return [comparison, level === MISSING ? null : (levels[comparison][level]?.words ?? '?')];
    }),
  );
}

describe('two records', () => {
  it.each([
    ['Robert', 'ROBERT', 'first names are the same'],
    ['Bob', 'Robert', 'one first name is a form of the other'],
    ['Mary Ann', 'Ann', 'one first name is a form of the other'],
    ['R.', 'Robert', 'one first name is the initial of the other'],
    ['R', 'R.', 'one first name is the initial of the other'],
    ['Margarethe', 'Margarhete', 'first names nearly the same'],
    ['Dwayne', 'Duane', 'first names alike'],
    ['Anna', 'Peter', 'first names differ'],
    ['P', 'Anna', 'first names differ'],
    ['', 'Anna', null],
  ])('with the first names %j and %j: %j', async (a, b, words) => {
    expect((await between({ 'given-name': a }, { 'given-name': b }))['given']).toBe(words);
  });

  it.each([
    ['Smith', 'smith', 'family names are the same'],
    ['Smith-Jones', 'Jones', 'one family name is a part of the other'],
    ['Zimmermann', 'Zimmerman', 'family names nearly the same'],
    ['Smith', 'Smyth', 'family names alike'],
    ['Smith', 'Patel', 'family names differ'],
  ])('with the family names %j and %j: %j', async (a, b, words) => {
    expect((await between({ 'family-name': a }, { 'family-name': b }))['family']).toBe(words);
  });

  it('with first and family name swapped are nearly the same', async () => {
    const found = await between(
      { 'given-name': 'Duncan', 'family-name': 'Ross' },
      { 'given-name': 'Ross', 'family-name': 'Duncan' },
    );
    expect(found).toMatchObject({
      given: 'first names nearly the same',
      family: 'family names nearly the same',
    });
  });

  it.each([
    ['1980-04-03', '1980-04-03', 'birth dates are the same'],
    ['1980-04-03', '1980-03-04', 'day and month of birth have changed places'],
    ['1980-04-03', '1980-04-08', 'birth dates differ by a slip'],
    ['1949-04-03', '1950-04-03', 'birth dates differ by a slip'],
    ['1980-04-03', '1980-11-27', 'years of birth are the same'],
    ['1980', '1980-11-27', 'years of birth are the same'],
    ['1980', '1981', 'birth dates differ'],
    ['1980-04-03', '', null],
  ])('born on %j and %j: %j', async (a, b, words) => {
    expect((await between({ 'birth-date': a }, { 'birth-date': b }))['birth']).toBe(words);
  });

  it.each([
    ['12 High St, Leeds LS1 4AB', '12 High Street, LEEDS ls14ab', 'addresses are the same'],
    ['12 High St, Leeds LS1 4AB', '12 Hihg Street, Leeds LS1 4AB', 'addresses nearly the same'],
    ['12 High St, Leeds LS1 4AB', '7 Mill Lane, Leeds LS1 4AB', 'postcodes are the same'],
    ['12 High St, Leeds LS1 4AB', '7 Mill Lane, Leeds LS9 9ZZ', 'cities are the same'],
    ['12 High St, Leeds LS1 4AB', '12 High St, Truro TR1 2XY', 'addresses differ'],
    ['12 High St, Leeds LS1 4AB', '', null],
  ])('at %j and %j: %j', async (a, b, words) => {
    expect((await between({ address: a }, { address: b }))['place']).toBe(words);
  });

  it('with the same e-mail name at two hosts say something only where it is not their own name', async () => {
    const named = { 'family-name': 'Lee' };
    const email = async (a: string, b: string) =>
      (await between({ ...named, email: a }, { ...named, email: b }))['email'];
    expect(await email('ann.lee@gmail.com', 'ann.lee@firma.de')).toBe(null);
    expect(await email('blackcat7@gmail.com', 'blackcat7@firma.de')).toBe(
      'the same e-mail name at another host',
    );
    expect(await email('blackcat7@firma.de', 'blakccat7@firma.de')).toBe(
      'e-mail addresses differ in one letter',
    );
    expect(await email('ann@firma.de', 'bob@firma.de')).toBe('e-mail addresses differ');
  });

  it('with one digit of the phone wrong are told from others', async () => {
    const phone = async (a: string, b: string) =>
      (await between({ phone: a }, { phone: b }))['phone'];
    expect(await phone('020 7946 0958', '+44 20 7946 0958')).toBe('phone numbers are the same');
    expect(await phone('020 7946 0958', '020 7946 0985')).toBe('phone numbers differ in one digit');
    expect(await phone('020 7946 0958', '0161 496 0000')).toBe('phone numbers differ');
  });
});
