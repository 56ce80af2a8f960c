import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { migrate, type Migration } from '../../src/project/migrations.ts';
import { parse, serialise, type Recipe } from '../../src/project/recipe.ts';
import {
  documentOf,
  fingerprint,
  isSameResult,
  recipeOf,
  requireSameFiles,
} from '../../src/project/recipe-of.ts';
import type { Results } from '../../src/project/types.ts';
import { segmentDefaults } from '../../src/segments/types.ts';
import { dataset, featureTable, segmentation } from '../support/results.ts';

const odd = [
  'customer',
  '__proto__',
  'constructor',
  '"; DROP TABLE',
  '',
  '\ud800',
  '😀',
  '<img onerror>',
];
/** Recency takes part in grouping, spend does not. */
const table = () => {
  const made = featureTable(
    ['1', '2', '3'],
    ['recency_days', 'spend'],
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
  );
  const features = made.features.map((feature) => ({ ...feature, used: feature.name !== 'spend' }));
  return { ...made, features };
};
const results = (): Results => ({
  app: '0.1.0',
  name: 'Our shop',
  files: [{ key: 'f1', name: 'orders.csv', bytes: 1234, sha256: 'ab'.repeat(32) }],
  sources: [{ id: 't1', dialect: dataset([]).source.dialect }],
  tables: {},
  settings: {
    files: { sources: [{ id: 't1', files: ['f1'], part: [] }] },
    tables: { roles: [{ column: 'customer', role: 'customer' }] },
    features: {},
    segments: { ...segmentDefaults, names: [{ letter: 'A', name: 'Ours' }] },
  },
  dataset: dataset(odd),
  table: table(),
  segmentation: segmentation(['Ours', 'Lapsed'], [0, 1, 0]),
});
const made = () => recipeOf(results());
const edited = async (edit: (recipe: Record<string, unknown>) => void) => {
  const recipe = JSON.parse(serialise(await made())) as Record<string, unknown>;
  edit(recipe);
  return JSON.stringify(recipe);
};
const refused = (json: string) => {
  try {
    parse(json);
  } catch (error) {
    return error;
  }
  return 'accepted';
};

describe('a recipe', () => {
  it('pins what was found beside what was decided', async () => {
    const recipe = await made();
    const { files, tables, features, segments } = recipe.settings;
    expect(files.sources[0]!.dialect).toEqual(dataset([]).source.dialect);
    expect(tables.kind).toBe('orders');
    expect(tables.roles!.map(({ column }) => column)).toEqual(odd);
    expect(features).toEqual({ asOf: '2011-12-09', on: ['recency_days'] });
    expect(recipe.result!.features).toEqual(['recency_days']);
    expect(segments).toMatchObject({ k: 2, kMax: 10, seed: 1, restarts: 10 });
    expect(recipe.result!.segments).toEqual([
      { letter: 'A', name: 'Ours', customers: 2 },
      { letter: 'B', name: 'Lapsed', customers: 1 },
    ]);
  });

  it('keeps the number of segments that was asked for, even where fewer customers differ', async () => {
    const { settings, ...rest } = results();
    const segments = { ...settings.segments, k: 7 };
    const recipe = await recipeOf({ ...rest, settings: { ...settings, segments } });
    expect(recipe.settings.segments.k).toBe(7);
  });

  it('comes back equal from its text, and its text byte for byte', async () => {
    const recipe = await made();
    const text = serialise(recipe);
    expect(parse(text)).toEqual(recipe);
    expect(serialise(parse(text))).toBe(text);
    expect(serialise(await made())).toBe(text);
  });

  it('made again from its own settings is the same recipe', async () => {
    const recipe = await made();
    expect(serialise(await recipeOf({ ...results(), settings: recipe.settings }))).toBe(
      serialise(recipe),
    );
  });

  it('has the same bytes whatever order its fields came in', async () => {
    const recipe = await made();
    const turned = JSON.stringify(Object.fromEntries(Object.entries(recipe).reverse()));
    expect(serialise(parse(turned))).toBe(serialise(recipe));
  });

  it('keeps a map by two features and what colours, sizes and splits it; refuses other looks', async () => {
    const { settings, ...rest } = results();
    const segments = {
      ...settings.segments,
      map: { across: { feature: 'spend', scale: 'log' }, up: { feature: 'recency_days' } },
      look: { colour: 'spend', size: 'orders', split: { feature: 'country' } },
    } as const;
    const recipe = await recipeOf({ ...rest, settings: { ...settings, segments } });
    const { map, look } = segments;
    expect(parse(serialise(recipe)).settings.segments).toMatchObject({ map, look });
    for (const wrong of [{ colour: 1 }, { other: 'x' }, [], { split: 'values' }])
      expect(
        refused(
          JSON.stringify({
            ...recipe,
            settings: { ...recipe.settings, segments: { ...segments, look: wrong } },
          }),
        ),
      ).toMatchObject({ code: 'recipe-invalid' });
  });

  it('keeps which linked views are shown, in their order; one without them shows what Tessera picks', async () => {
    const { settings, ...rest } = results();
    const views = ['orders', 'feature:spend', 'column:city'];
    const segments = { ...settings.segments, views };
    const recipe = await recipeOf({ ...rest, settings: { ...settings, segments } });
    expect(parse(serialise(recipe)).settings.segments.views).toEqual(views);
    expect(parse(serialise(await made())).settings.segments.views).toBeUndefined();
    for (const wrong of ['orders', [1], {}, [...Array<string>(1001).fill('x')]])
      expect(
        refused(
          JSON.stringify({
            ...recipe,
            settings: { ...recipe.settings, segments: { ...segments, views: wrong } },
          }),
        ),
      ).toMatchObject({ code: 'recipe-invalid' });
  });

  it('of a table of customers has no date', async () => {
    const recipe = await recipeOf({ ...results(), table: { ...results().table, asOf: null } });
    expect('asOf' in parse(serialise(recipe)).settings.features).toBe(false);
  });

  it('opens on the same file only, and names both where it is another', async () => {
    const recipe = await made();
    expect(() => requireSameFiles(recipe, recipe.files)).not.toThrow();
    const other = [{ ...recipe.files[0]!, name: 'other.csv', sha256: 'cd'.repeat(32) }];
    expect(() => requireSameFiles(recipe, other)).toThrow(
      expect.objectContaining({
        code: 'recipe-other-file',
        message: expect.stringMatching(/orders\.csv.*other\.csv/) as unknown,
      }) as Error,
    );
  });

  it('knows whether the segments are the same', async () => {
    const recipe = await made();
    const { table } = results();
    expect(await isSameResult(recipe, table, segmentation(['x', 'y'], [0, 1, 0]))).toBe(true);
    expect(await isSameResult(recipe, table, segmentation(['x', 'y'], [0, 1, 1]))).toBe(false);
    const others = { ...table, customers: ['1', '2', '4'] };
    expect(await isSameResult(recipe, others, segmentation(['x', 'y'], [0, 1, 0]))).toBe(false);
  });

  it('tells ids with separators apart, and has a fingerprint of nobody', async () => {
    const labels = Int32Array.from([0, 0]);
    const one = await fingerprint({ customers: ['a",0]', 'b'] }, { labels });
    const two = await fingerprint({ customers: ['a', '0]b'] }, { labels });
    expect(one).not.toBe(two);
    expect(await fingerprint({ customers: [] }, { labels: new Int32Array() })).toMatch(
      /^[0-9a-f]{64}$/,
    );
  });
});

const isPlainObject = (value: unknown) => JSON.stringify(value) === '{}';

describe('a text that is no recipe', () => {
  it.each([
    ['nothing', ''],
    ['a CSV', 'customer,spend\n1,2\n'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a number', '1'],
    ['an empty object', '{}'],
    ['cut short', '{"format": "tessera-recipe", "version": 1'],
    ['another format', '{"format": "other", "version": 1}'],
    ['version 0', '{"format": "tessera-recipe", "version": 0}'],
    ['version "1"', '{"format": "tessera-recipe", "version": "1"}'],
    ['version 1.5', '{"format": "tessera-recipe", "version": 1.5}'],
    ['a newer version', '{"format": "tessera-recipe", "version": 3}'],
    ['version 2 and nothing else', '{"format": "tessera-recipe", "version": 2}'],
    ['version 1 and nothing else', '{"format": "tessera-recipe", "version": 1}'],
    ['a tower of lists', '['.repeat(1_000_000)],
    ['a tower of objects', '{"a":'.repeat(200_000)],
    ['17 MB', `"${'a'.repeat(17_000_000)}"`],
  ])('is refused: %s', (_, json) => {
    expect(refused(json)).toMatchObject({ name: 'TesseraError', code: 'recipe-invalid' });
  });

  it.each(['__proto__', 'constructor', 'prototype2', 'toString', 'hasOwnProperty', 'valueOf', 'x'])(
    'is refused: one with a field %s, wherever it stands',
    async (key) => {
      const text = serialise(await made());
      const extra = `{\n  ${JSON.stringify(key)}: {"polluted": true},`;
      let places = 0;
      for (let at = text.indexOf('{'); at >= 0; at = text.indexOf('{', at + 1), places++)
        expect(refused(text.slice(0, at) + extra + text.slice(at + 1))).toMatchObject({
          code: 'recipe-invalid',
        });
      expect(places).toBeGreaterThan(10);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );

  it('is refused: one with any value of another type', async () => {
    const whole = JSON.parse(serialise(await made())) as object;
    const swaps = [null, [], {}, true, -1, 1.5, 1e308, '', 'x'.repeat(500_000)];
    const free = /^(app|name|column|.*\.(name|column|encoding)|.*\.on\.\d+|result\.features\.\d+)$/;
    let tried = 0;
    const visit = (value: unknown, path: string, put: (other: unknown) => string) => {
      for (const swap of swaps) {
        if (typeof swap === 'string' && swap.length < 10 && free.test(path)) continue;
        if (Array.isArray(value) && Array.isArray(swap)) continue;
        if (typeof value === 'boolean' && swap === true) continue;
        if (swap === null && path === 'settings.segments.k') continue; // chosen by silhouette
        if (isPlainObject(swap) && /\.(dialect|tables|features)$/.test(path)) continue; // all choices are Tessera's
        if ((swap === '' || swap === 'x') && /quote|escape|delimiter/.test(path)) continue;
        tried++;
        const json = put(swap);
        if (json === put(value)) continue;
        expect(refused(json), `${path} = ${JSON.stringify(swap).slice(0, 20)}`).toMatchObject({
          code: 'recipe-invalid',
        });
      }
      if (typeof value === 'object' && value !== null)
        for (const [key, inner] of Object.entries(value))
          visit(inner, path ? `${path}.${key}` : key, (other) =>
            put(Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other }),
          );
    };
    visit(whole, '', (other) => JSON.stringify(other));
    expect(tried).toBeGreaterThan(300);
  });

  it('is refused: one without any one of its fields', async () => {
    const recipe = await made();
    for (const key of Object.keys(recipe)) {
      if (key === 'result') continue; // a project that is only kept has none
      const json = await edited((copy) => delete copy[key]);
      expect(refused(json), key).toMatchObject({ code: 'recipe-invalid' });
    }
  });

  it.each(['2011-02-30', '2011-13-01', '2011-1-1', '9999999-01-01', 'now', '2011-12-09T00:00'])(
    'is refused: one as of %s',
    async (asOf) => {
      const json = await edited(
        (copy) => ((copy['settings'] as Record<string, unknown>)['features'] = { asOf, on: [] }),
      );
      expect(refused(json)).toMatchObject({ code: 'recipe-invalid' });
    },
  );

  it('is refused with one kind of error, whatever was damaged', async () => {
    const text = serialise(await made());
    const spots = fc.tuple(
      fc.nat(text.length),
      fc.nat(20),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    fc.assert(
      fc.property(spots, ([at, cut, put]) => {
        const error = refused(text.slice(0, at) + put + text.slice(at + cut));
        if (error !== 'accepted') expect(error).toMatchObject({ code: 'recipe-invalid' });
      }),
      { numRuns: 500 },
    );
  });
});

describe('migrations', () => {
  const steps: Migration[] = [
    (recipe) => ({ ...recipe, added: 'in version 2' }),
    ({ added, ...rest }) => ({ ...rest, renamed: added }),
  ];
  const old = { format: 'tessera-recipe', version: 1 };

  it('run in order up to the present version', () => {
    expect(migrate(old, steps, 3)).toEqual({ ...old, version: 3, renamed: 'in version 2' });
    expect(migrate({ ...old, version: 3 }, steps, 3)).toEqual({ ...old, version: 3 });
    expect(old).toEqual({ format: 'tessera-recipe', version: 1 });
  });

  it('that are missing are an error, not a guess', () => {
    expect(() => migrate(old, steps, 4)).toThrow(
      expect.objectContaining({ code: 'recipe-invalid' }) as Error,
    );
  });
});

it('a recipe of version 1 opens as the same project', () => {
  const dialect = dataset([]).source.dialect;
  const old = {
    format: 'tessera-recipe',
    version: 1,
    app: '0.1.0',
    source: { name: 'orders.csv', bytes: 1234, sha256: 'ab'.repeat(32) },
    files: { dialect },
    tables: { kind: 'orders', roles: [{ column: 'customer', role: 'customer' }] },
    features: { asOf: '2011-12-09', off: ['spend'] },
    segments: { k: 2, kMax: 10, seed: 1, restarts: 10, names: [] },
    result: { customers: 3, features: ['recency_days'], segments: [], sha256: 'ab'.repeat(32) },
  };
  const recipe = parse(JSON.stringify(old));
  expect(recipe.files).toEqual([{ key: 'f1', ...old.source }]);
  expect(recipe.settings).toEqual({
    files: { sources: [{ id: 't1', files: ['f1'], part: [], dialect }] },
    tables: old.tables,
    features: { asOf: '2011-12-09', on: ['recency_days'] },
    segments: old.segments,
  });
  expect(recipe.result).toEqual(old.result);
});

it('a project that is only kept is a recipe without a result', () => {
  const { app, ...rest } = results();
  const kept: Recipe = documentOf(app, rest);
  expect(parse(serialise(kept))).toEqual(kept);
  expect('result' in kept).toBe(false);
});
