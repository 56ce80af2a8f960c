import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { voteDialect } from '../../src/files/dialect.ts';

const vote = (text: string, given = {}) => voteDialect(text, true, given);

describe('the vote over dialects', () => {
  it.each([
    [',', 'id,when,amount\n1,2020-01-02,3.50\n2,2020-01-03,4.25\n'],
    [';', 'id;when;amount\n1;2020-01-02;3,50\n2;2020-01-03;4,25\n'],
    ['\t', 'id\twhen\tname\n1\t2020-01-02\tA, B\n2\t2020-01-03\tC, D\n'],
    ['|', 'id|when|amount\n1|2020-01-02|3.5\n2|2020-01-03|4.2\n'],
    ['^', 'id^when^amount\n1^2020-01-02^3.5\n2^2020-01-03^4.2\n'],
  ])('finds the delimiter %j', (delimiter, text) => {
    const { dialect, columns } = vote(text);
    expect(dialect.delimiter).toBe(delimiter);
    expect(columns).toBe(3);
    expect(dialect.header).toBe(true);
  });

  it('takes a decimal comma for what it is', () => {
    expect(vote('name;price\na;1,5\nb;2,25\nc;1.234,56\n').dialect).toMatchObject({
      delimiter: ';',
      decimal: ',',
    });
    expect(vote('name,price\na,1.5\nb,2.25\n').dialect.decimal).toBe('.');
  });

  it('never sees one column where a delimiter gives two that agree', () => {
    // DuckDB's own sniffer takes this for one column called "id,v"
    const { dialect, columns } = vote('id,v\n1,2\n2,3,4\n3\n"4,5"\n5,6\n6,7\n');
    expect([dialect.delimiter, columns]).toEqual([',', 2]);
  });

  it('finds one column in a list', () => {
    expect(vote('name\nAnna\nBert\nCara\n').columns).toBe(1);
    expect(
      vote('Permission is granted, free of charge,\nto any person,\nobtaining\n').columns,
    ).toBe(1);
  });

  it('skips lines above the table and says so', () => {
    const { dialect, headers, above, reason } = vote(
      'Sales report\nMade on Monday\n\nid,when,amount\n1,2020-01-02,3\n2,2020-01-03,4\n',
    );
    expect([dialect.skip, headers, above]).toEqual([3, ['id', 'when', 'amount'], 4]);
    expect(reason).toContain('the first 3 lines are no part of it');
  });

  it('sees that there is no header', () => {
    const { dialect, headers } = vote(
      '39, State-gov, 77516\n50, Self-emp, 83311\n38, Private, 215646\n',
    );
    expect(dialect.header).toBe(false);
    expect(headers).toEqual(['Column 1', 'Column 2', 'Column 3']);
  });

  it('counts the lines of a header that spans two', () => {
    const { headers, above } = vote('"first\nname",age\nAnna,31\nBert,44\n');
    expect([headers, above]).toEqual([['first\nname', 'age'], 2]);
  });

  it.each([
    ["'", "id,name\n1,'a, b'\n2,'c, d'\n3,'e, f'\n"],
    ['"', 'id,name\n1,"a, b"\n2,"c, d"\n'],
    ['', 'size,name\n"12,x\n"14,y\n"15,z\n'],
  ])('finds the quote %j', (quote, text) => {
    expect(vote(text).dialect.quote).toBe(quote);
  });

  it('finds a backslash that escapes', () => {
    const text = 'id,name\n1,"a \\" b, c"\n2,"d \\" e, f"\n3,"g"\n';
    expect(vote(text).dialect.escape).toBe('\\');
    expect(vote('id,name\n1,"a "" b"\n').dialect.escape).toBe('"');
  });

  it('does not vote on what a person chose', () => {
    const { dialect, confidence, reason } = vote('a;b,c\n1;2,3\n', { delimiter: ',' });
    expect([dialect.delimiter, confidence]).toEqual([',', 1]);
    expect(reason).toContain('You chose the comma');
  });

  it('reads baskets of different sizes once the comma is chosen', () => {
    expect(vote('milk\nmilk,eggs\nbread\ntea,rolls,jam\nbeer\n', { delimiter: ',' }).columns).toBe(
      3,
    );
  });

  it('pads a header that is shorter than the rows', () => {
    expect(vote('a,b\n1,2,\n3,4,\n').headers).toEqual(['a', 'b', '']);
  });

  it('is sure of a clear file and less sure of a ragged one', () => {
    expect(vote('a,b,c\n1,2,3\n4,5,6\n').confidence).toBe(1);
    expect(vote('a,b,c\n1,2,3\n4,5\n4,5,6\n1\n7,8,9\n').confidence).toBeLessThan(0.8);
  });

  it('gives an answer to any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'binary' }), (text) => {
        const { columns, headers, confidence } = vote(text);
        expect(headers.length).toBe(columns);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is not slowed down by cells that are hard for patterns', () => {
    const hard = [
      '1'.repeat(100_000),
      ' '.repeat(100_000),
      '1,'.repeat(20_000),
      'a@'.repeat(50_000),
    ];
    const start = performance.now();
    for (const cell of hard) vote(`a;b\n"${cell}";1\n`);
    expect(performance.now() - start).toBeLessThan(20_000); // an exponential pattern would not end at all
  });
});
