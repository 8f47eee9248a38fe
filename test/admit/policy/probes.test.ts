import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CelError } from '../../../src/admit/policy/cel-error.ts';
import { type CelType, dyn } from '../../../src/admit/policy/cel-type.ts';
import {
  type CelValue,
  entryOf,
  isList,
  isMap,
  keysOf,
  typeOf,
} from '../../../src/admit/policy/cel-value.ts';
import { checkExpression } from '../../../src/admit/policy/check-expression.ts';
import { compileNode } from '../../../src/admit/policy/compile-expression.ts';
import { isExpressionProblem, parseExpression } from '../../../src/admit/policy/expression.ts';
import type { Node } from '../../../src/admit/policy/node.ts';
import { admissionNames } from '../../../src/admit/policy/request-type.ts';
import { type Activation, perCallLimit, rootScope, type Scope } from '../../../src/admit/policy/scope.ts';
import type { Mapping } from '../../../src/source/value.ts';
import { mappingOf } from '../../support/mapping-of.ts';

interface Probe {
  readonly name: string;
  readonly expr: string;
  readonly ctx: unknown;
  readonly vars: readonly (readonly [string, string])[];
  readonly verdict: { readonly val?: string; readonly err?: string };
}

const recorded = new URL('../../../../shared/admission/cel/probes.jsonl', import.meta.url);

/** A value in the notation of the recorded verdicts. */
function show(value: CelValue): string {
  if (isList(value)) return `list ${listText(value)}`;
  if (isMap(value)) return `map ${mapText(value as Mapping)}`;
  return `${typeOf(value)} ${typeof value === 'string' ? JSON.stringify(value) : String(value)}`;
}

function listText(list: readonly CelValue[]): string {
  return `[${list.map((item) => (typeof item === 'string' ? JSON.stringify(item) : String(item))).join(',')}]`;
}

function mapText(map: Mapping): string {
  const entries = keysOf(map).map((key) => `${JSON.stringify(key)}:${JSON.stringify(entryOf(map, key))}`);
  return `{${entries.sort().join(',')}}`;
}

function parsed(text: string): Node {
  const node = parseExpression(text);
  if (isExpressionProblem(node)) throw new Error(`COMPILE ${node.problem}`);
  return node;
}

function typesOf(variables: ReadonlyMap<string, string>): Map<string, CelType> {
  return new Map([...variables.keys()].map((name) => [name, dyn]));
}

function answer(probe: Probe): { val?: string; err?: string } {
  const variables = new Map(probe.vars);
  const node = parseExpression(probe.expr);
  if (isExpressionProblem(node)) return { err: 'COMPILE' };
  const problem = checkExpression(node, {
    names: admissionNames({ hasParams: true }),
    variables: typesOf(variables),
    result: 'any',
  });
  if (problem !== undefined) return { err: 'COMPILE' };
  const context = mappingOf(probe.ctx) as Mapping;
  const activation: Activation = {
    spent: 0,
    limit: perCallLimit,
    resolve: (name) => entryOf(context, name),
    variable: (name) => {
      const text = variables.get(name);
      return text === undefined ? undefined : compileNode(parsed(text))(root);
    },
  };
  const root: Scope = rootScope(activation);
  try {
    return { val: show(compileNode(node)(root)) };
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    return { err: `EVAL ${error.message}` };
  }
}

const present = existsSync(recorded);
if (!present) console.warn('skipped: ../shared/admission/cel/probes.jsonl is not there');

describe.skipIf(!present)('expressions recorded from a kube-apiserver', () => {
  const probes = present
    ? readFileSync(recorded, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Probe)
    : [];

  test.each(probes.map((probe) => [probe.name, probe] as const))('%s', (_, probe) => {
    const got = answer(probe);
    // The server's compile errors are compared as such: their words are cel-go's own.
    const { err } = probe.verdict;
    expect(got).toEqual(
      err === undefined ? probe.verdict : { err: err.startsWith('COMPILE') ? 'COMPILE' : err },
    );
  });

  test('all sixty are there', () => {
    expect(probes).toHaveLength(60);
  });
});
