import { id, sql, type Sql } from '../../lib/sql.ts';
import { REACH } from './keys.ts';

/** The keys that the worker wrote: one row a (key, place, record). */
export const blockTable = (path: string): Sql => sql`
  SELECT *
  FROM read_csv(${path}, auto_detect = false, header = false, delim = ',', quote = '', escape = '',
         columns = {'key': 'INTEGER', 'place': 'INTEGER', 'record': 'INTEGER'})`;

/**
 * Pairs of records that share a key, each once, `first` < `second`, in order. Within a block a record is paired with the `REACH`
 * behind it only, so a block of n gives at most n · REACH pairs. The join is on stretches of REACH places: a record's partners stand
 * in its own stretch or the next, so that even a block of all records costs no more than that.
 */
export const candidatePairs = (keys: string): Sql => sql`
  WITH placed AS (SELECT key, record, row_number() OVER (PARTITION BY key ORDER BY place) - 1 AS place FROM ${id(keys)}),
       ahead  AS (SELECT key, record, place, place // ${REACH} AS stretch FROM placed),
       behind AS (SELECT * FROM ahead UNION ALL SELECT key, record, place, stretch - 1 FROM ahead)
  SELECT DISTINCT least(ahead.record, behind.record) AS first, greatest(ahead.record, behind.record) AS second
  FROM ahead
  JOIN behind ON ahead.key = behind.key AND ahead.stretch = behind.stretch
  WHERE behind.place > ahead.place AND behind.place <= ahead.place + ${REACH}
  ORDER BY first, second`;

/** `people`: the person of each record. `pairs` holds the numbers of both, `records` what a record is called. */
export const peopleTable = (path: string): Sql => sql`
  SELECT *
  FROM read_csv(${path}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
         columns = {'source': 'VARCHAR', 'record': 'VARCHAR', 'person': 'VARCHAR'})`;
