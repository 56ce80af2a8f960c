/** How a file must end. `either`: its bytes are damaged on purpose, and both a table with rows set aside and a refusal are right. */
export type Expected =
  | { readonly end: 'table'; readonly why: string }
  | { readonly end: 'either'; readonly why: string }
  | { readonly end: 'refused'; readonly codes: readonly string[]; readonly why: string };

const table: Expected = { end: 'table', why: 'text with two or more columns' };
const workbook: Expected = { end: 'table', why: 'a workbook' };
const json: Expected = { end: 'table', why: 'records in JSON' };
const refused = (why: string, ...codes: string[]): Expected => ({ end: 'refused', codes, why });
const either = (why: string): Expected => ({ end: 'either', why });
const oneColumn = refused('one column', 'columns-too-few');
const oneCell = refused('one line without a separator', 'columns-too-few', 'file-header-only');
const headerOnly = refused('names without rows', 'file-header-only');
const empty = refused('nothing in it', 'file-empty');
const notRead = refused('a format that is not read', 'format-unsupported', 'file-binary');
const locked = refused('locked with a password', 'format-unsupported', 'file-binary');

/** `a|b|c` of names in one folder as one pattern. */
const of = (folder: string, names: string): RegExp =>
  new RegExp(`^${folder}/(${names.replaceAll('.', '\\.')})\\.`);

/** The first pattern that a path matches says how the file ends; what none matches is a table. */
const rules: readonly (readonly [RegExp, Expected])[] = [
  // Made by fuzzers, or with bytes that are no text in any encoding
  [/^duckdb-data-csv\/(afl|fuzzing)\//, either('made by a fuzzer')],
  [
    /^duckdb-data-csv\/(nullbyte|nullbyte_header|nullterm|null_terminator|segfault)\./,
    either('NUL characters in a few bytes'),
  ],
  [/^duckdb-data-csv\/quoted_comment_buffer_boundary\./, either('control characters')],
  [/^csvkit-examples\/null_byte\./, either('NUL characters in a few bytes')],
  [/^duckdb-data-csv\/broken\//, either('cut off in the middle of an archive')],
  // Formats
  [/\.(xls|ods|dbf|bz2|zst)$/, notRead],
  [/\.html$/, refused('a web page', 'format-unsupported')],
  [/encrypted_no_password/, locked],
  [/libreoffice\.xlsx$/, refused('a sheet without cells', 'file-empty')],
  [/\.(xlsx|xlsm)$/, workbook],
  [/test_geojson\.json$/, json],
  [/\.json$/, json],
  [/^messytables-horror\/simple\.zip$/, { end: 'table', why: 'an archive with one table' }],
  [/^duckdb-data-csv\/test\/5438\.csv$/, either('one JSON value')],
  [/\.(sql|js|md)$/, either('a program or prose, which may look like a table')],
  [/README\.(txt|md)$/, either('prose, which may look like a table')],
  // Nothing, or names without rows
  [/^(?!csv-spectrum).*\/(empty|simple\.unknown|add_escaped_rfc)(\.[a-z]+)?$/, empty],
  [of('duckdb-data-csv/glob/empty', 'empty'), empty],
  [
    of(
      'duckdb-data-csv',
      '18579/part_1_0001|glob_dif_dialect/14166/__2001|header_only_2|headers/single_line|per_thread/c2|union_by_name_2/3',
    ),
    headerOnly,
  ],
  [/^duckdb-data-csv\/union-by-name\/gabor\/(Comment|Post)\/part-1\.csv$/, headerOnly],
  [
    of(
      'duckdb-data-csv',
      'auto/varchar_single_line|auto/various_time_formats|struct|test/blob|test/timestampformat',
    ),
    oneCell,
  ],
  [/^messytables-horror\/utf8bom\.csv$/, headerOnly],
  // One column
  [
    of(
      'duckdb-data-csv',
      'auto/(single_numeric|single_value|invalid_time|test_single_column|test_single_column_rn|date_format_bug_linux)',
    ),
    oneColumn,
  ],
  [/^duckdb-data-csv\/auto_date\/date_example_[12]\./, oneColumn],
  [
    of(
      'duckdb-data-csv',
      'big_not_bool|big_number|blank_line|bool|borked_date|date_format_percentage|date_specificity|decimal|dim0|enum_type|escape|header|header_left_space|header_only|invalid_utf8|ips.csv|issue_8320_[123].csv|line_too_long.csv|line_too_long_with_newline.csv|multiple_line_too_long.csv|one_n_two|one_r_n_two|one_r_two|phonenumbers|quoted_newline|response|single_quote|small_lineitem_strings|timestamp|timestamp_tz|15473_date_timestamp|csv_quoted_newline_odd',
    ),
    oneColumn,
  ],
  [of('duckdb-data-csv/decimal_separators', 'invalid_char'), oneColumn],
  [of('duckdb-data-csv/encodings', 'all_latin1'), oneColumn],
  [/^duckdb-data-csv\/error\/date_multiple_file\//, oneColumn],
  [of('duckdb-data-csv/headers', 'all_varchar|borked_type|integer'), oneColumn],
  [of('duckdb-data-csv/rejects', 'flush|unquoted/unquoted_last_value'), oneColumn],
  [
    of(
      'duckdb-data-csv/test',
      'date|dateformat|dateformat_2|long_escaped_value|many_empty_lines|nfc|test_default|unterminated|windows_newline_empty',
    ),
    oneColumn,
  ],
  [of('duckdb-data-csv/thousands_separator', 'simple|simple_quoted'), oneColumn],
  [
    /^duckdb-data-csv\/unescaped_quotes\/(end_quote|end_quote_2|end_quote_3|end_quote_mixed|some_escaped_some_not)\./,
    oneColumn,
  ],
  [/^duckdb-data-csv\/validator\/single_column/, oneColumn],
  [
    of(
      'csvkit-examples',
      'date_like_number|test_date_format|test_date_format_converted|test_numeric_date_format|test_precision',
    ),
    oneColumn,
  ],
  [of('messytables-horror', 'long|small'), oneColumn],
  [
    /^duckdb-data-csv\/(glob|hive-partitioning)\//,
    either('a number or two, to be found in folders'),
  ],
  // Separators of several characters, and files that no single separator explains
  [
    /^duckdb-data-csv\/multidelimiter\//,
    either('separators of several characters, which are not claimed'),
  ],
  [
    of('duckdb-data-csv', 'nullpadding|inconsistent_cells'),
    either('each record has another number of cells'),
  ],
  [
    of('duckdb-data-csv/rejects/multiple_errors', 'multiple_errors'),
    either('most records are ragged'),
  ],
  [
    /^duckdb-data-csv\/unquoted_escape\//,
    either('line breaks escaped outside quotes, which are not claimed'),
  ],
  [
    /^duckdb-data-csv\/comments\/(mid_line|simple_mid_line|invalid_rows)/,
    either('comments behind records, which are not claimed'),
  ],
];

/** What is written down for the file at this path. */
export const expectedOf = (path: string): Expected =>
  rules.find(([pattern]) => pattern.test(path))?.[1] ?? table;
