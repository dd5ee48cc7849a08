/** Tables of others, as they are: set `IRIS_TABLES` to a folder that holds them as CSV files. */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCsvDataset } from '../csv.ts';
import { profileTable } from '../profile/index.ts';
import { inferSchema } from './infer-schema.ts';

const FOLDER = process.env.IRIS_TABLES ?? '';

/** What a person would say of each table: rows, classes, columns left out, and which features are categories; the others are numbers. */
const TABLES = [
  { name: 'Satellite', target: 'classes', rows: 6435, classes: 6, features: 36 },
  { name: 'Vowel', target: 'Class', rows: 990, classes: 11, features: 10, categories: ['V1'] },
  { name: 'Vehicle', target: 'Class', rows: 846, classes: 4, features: 18 },
  { name: 'Glass', target: 'Type', rows: 214, classes: 6, features: 9 },
  { name: 'Sonar', target: 'Class', rows: 208, classes: 2, features: 60 },
  { name: 'Soybean', target: 'Class', rows: 683, classes: 19, features: 35, missing: 2337, categories: 'all' },
  { name: 'HouseVotes84', target: 'Class', rows: 435, classes: 2, features: 16, missing: 392, categories: 'all' },
  { name: 'PimaIndiansDiabetes2', target: 'diabetes', rows: 768, classes: 2, features: 8, missing: 652 },
  { name: 'spam', target: 'type', rows: 4601, classes: 2, features: 57 },
  {
    name: 'wa_churn',
    target: 'churn',
    rows: 7043,
    classes: 2,
    features: 19,
    missing: 11,
    numbers: ['tenure', 'monthly_charges', 'total_charges'],
  },
  {
    name: 'mlc_churn',
    target: 'churn',
    rows: 5000,
    classes: 2,
    features: 19,
    categories: ['state', 'area_code', 'international_plan', 'voice_mail_plan'],
  },
  {
    name: 'credit_data',
    target: 'Status',
    rows: 4454,
    classes: 2,
    features: 13,
    missing: 455,
    categories: ['Home', 'Marital', 'Records', 'Job'],
  },
  { name: 'penguins', target: 'species', rows: 344, classes: 3, features: 6, missing: 19, categories: ['island', 'sex'] },
] as const;

describe.skipIf(FOLDER === '')('tables of others', () => {
  it.each(TABLES)(
    '$name is accepted as it is, and read by its schema',
    async ({ name, target, rows, classes, features, ...expected }) => {
      const path = join(FOLDER, `${name}.csv`);
      const profile = await profileTable(createReadStream(path), { target });
      const { schema, decisions } = inferSchema(profile, { target, name });
      expect(schema.classes).toHaveLength(classes);
      expect(schema.features).toHaveLength(features);
      expect(decisions.reduce((sum, { missing }) => sum + missing, 0)).toBe('missing' in expected ? expected.missing : 0);
      const names = schema.features.map((feature) => feature.name);
      const categories = schema.features.filter(({ kind }) => kind === 'categorical').map((feature) => feature.name);
      if ('numbers' in expected)
        expect(categories).toEqual(names.filter((feature) => !expected.numbers.some((number) => number === feature)));
      else if ('categories' in expected) expect(categories).toEqual(expected.categories === 'all' ? names : expected.categories);
      else expect(categories).toEqual([]);
      const { labels, schema: read } = parseCsvDataset(await readFile(path), schema);
      expect(labels).toHaveLength(rows);
      expect(read).toEqual(schema);
    },
  );
});
