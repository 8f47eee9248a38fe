import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { admissionRules, admissionWarningRule } from '../../src/admit/admission-findings.ts';
import { catalogue } from '../../src/admit/policy/catalogue.ts';
import { criteria } from '../../src/report/criteria.ts';
import { pagedRules } from '../../src/rules/paged-rules.ts';
import { rules } from '../../src/rules/registry.ts';
import { ruleSummaries } from '../../src/rules/rule-summaries.ts';

const source = join(import.meta.dirname, '../../src');
const known = new Set([...Object.keys(ruleSummaries), ...catalogue.map(({ id }) => id), ...pagedRules]);

it('every rule that the code names can be listed and explained', () => {
  const named = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [
      ...readFileSync(join(source, file), 'utf8').matchAll(/\brule(?:\?)?(?::| =) '([a-z0-9-]+)'/gu),
    ])
    .map(([, rule = '']) => rule);
  expect(named.length).toBeGreaterThan(40);
  expect([...new Set(named)].filter((rule) => !known.has(rule))).toEqual([]);
  expect([...Object.values(admissionRules), admissionWarningRule].filter((rule) => !known.has(rule))).toEqual(
    [],
  );
});

it('every acceptance criterion and every rule has one column of the matrix', () => {
  const columns = criteria.flatMap(({ rules }) => rules);
  expect(new Set(columns).size).toBe(columns.length);
  // What a cluster's reconciliations do wrong belongs to no service.
  const ofServices = rules.filter(({ scope }) => scope !== 'cluster');
  const judged = [...catalogue.filter(({ profiles }) => profiles.includes('acceptance')), ...ofServices].map(
    ({ id }) => id,
  );
  expect(judged.filter((id) => !columns.includes(id))).toEqual([]);
});
