import { describe, expect, it } from 'vitest';
import type {
  CompiledPolicy,
  PolicyBinding,
  PolicyExpression,
  Validation,
} from '../../../src/admit/policy/policy.ts';
import { asksLess, weakenedFindings } from '../../../src/admit/policy/weakened.ts';
import type { Severity } from '../../../src/diagnostic/severity.ts';
import { originOfDocument } from '../../../src/object/provenance.ts';
import type { Resource } from '../../../src/object/resource.ts';
import { parseDocuments } from '../../../src/source/parse.ts';
import type { Mapping } from '../../../src/source/value.ts';

function expression(text: string): PolicyExpression {
  return { text, path: [], parse: () => expect.unreachable() };
}

function validation(text: string): Validation {
  return {
    expression: expression(text),
    message: undefined,
    messageExpression: undefined,
    reason: undefined,
  };
}

function binding(change: Partial<PolicyBinding> = {}): PolicyBinding {
  return {
    name: 'b',
    resource: undefined,
    severity: 'error',
    matchResources: undefined,
    paramRef: undefined,
    params: [],
    parameterNotFoundAction: 'Allow',
    ...change,
  };
}

const pods: Mapping = { apiGroups: [''], resources: ['pods'] };
const jobs: Mapping = { apiGroups: ['batch'], resources: ['jobs'] };

function policy(change: Partial<CompiledPolicy> = {}): CompiledPolicy {
  return {
    name: 'p',
    object: {},
    resource: undefined,
    view: 'written' as CompiledPolicy['view'],
    matchConstraints: { resourceRules: [pods, jobs] },
    failurePolicy: 'Fail',
    usesParams: false,
    paramKind: undefined,
    matchConditions: [expression('a == 1')],
    variables: new Map([['v', expression('1 + 1')]]),
    validations: [validation('x'), validation('y')],
    auditAnnotations: [],
    mutations: [],
    bindings: [binding()],
    ...change,
  };
}

/** A policy that stands in a file of its name. */
function written(name: string, change: Partial<CompiledPolicy> = {}): CompiledPolicy {
  const text = `kind: ValidatingAdmissionPolicy\nmetadata:\n  name: ${name}\n`;
  const [document] = parseDocuments({ path: `${name}.yaml`, text }, 'kustomize').documents;
  if (document === undefined) return expect.unreachable();
  const resource = { object: document.value, origin: originOfDocument('resources', document.positions) };
  return policy({ ...change, name, resource: resource as Resource });
}

/** Why a policy is weaker than one of the catalogue; `lenient` where it only no longer denies. */
function why(ours: Partial<CompiledPolicy>, theirs: Partial<CompiledPolicy> = {}): string | undefined {
  const [own, other] = [written('p', ours), policy(theirs)];
  const findings = weakenedFindings([own], [other]);
  expect(asksLess(own, [other])).toBe(findings.length > 0);
  const [found] = findings;
  if (found?.severity === 'warning') return 'lenient';
  return /\((.*)\)$/u.exec(found?.message ?? '')?.[1];
}

describe('a policy with the name of one in the catalogue', () => {
  it.each<
    [what: string, ours: Partial<CompiledPolicy>, theirs: Partial<CompiledPolicy>, why: string | undefined]
  >([
    ['all the same', {}, {}, undefined],
    ['no binding', { bindings: [] }, {}, 'has no binding'],
    ['no binding, as there', { bindings: [] }, { bindings: [] }, 'has no binding'],
    ['a validation less', { validations: [validation('y')] }, {}, 'lacks 1 of 2 validations'],
    [
      'another validation',
      { validations: [validation('x'), validation('z')] },
      {},
      'lacks 1 of 2 validations',
    ],
    ['a validation more', { validations: ['x', 'y', 'z'].map(validation) }, {}, undefined],
    [
      'validations with other spaces',
      { validations: [validation(' x\n'), validation('y')] },
      { validations: [validation('x '), validation('y')] },
      undefined,
    ],
    [
      'spaces in a validation',
      { validations: [validation('a \n  b')] },
      { validations: [validation('a b')] },
      undefined,
    ],
    [
      'no space in a validation',
      { validations: [validation('ab')] },
      { validations: [validation('a b')] },
      'lacks 1 of 1 validations',
    ],
    ['another variable', { variables: new Map([['v', expression('1')]]) }, {}, 'the variable v differs'],
    ['no variable', { variables: new Map() }, {}, 'the variable v differs'],
    ['a variable with other spaces', { variables: new Map([['v', expression('1  + 1')]]) }, {}, undefined],
    ['a variable more', {}, { variables: new Map() }, undefined],
    [
      'a match condition more',
      { matchConditions: ['a == 1', 'b'].map(expression) },
      {},
      'has more match conditions',
    ],
    ['another match condition', { matchConditions: [expression('b')] }, {}, 'has more match conditions'],
    ['a match condition less', { matchConditions: [] }, {}, undefined],
    ['failures that are ignored', { failurePolicy: 'Ignore' }, {}, 'ignores failures'],
    [
      'failures that are ignored there too',
      { failurePolicy: 'Ignore' },
      { failurePolicy: 'Ignore' },
      undefined,
    ],
    ['failures that are not ignored', {}, { failurePolicy: 'Ignore' }, undefined],
    ['parameters', { usesParams: true }, {}, 'applies only with parameters'],
    ['parameters as there', { usesParams: true }, { usesParams: true }, undefined],
    ['no parameters', {}, { usesParams: true }, undefined],
    ['fewer rules', { matchConstraints: { resourceRules: [pods] } }, {}, 'matches fewer objects'],
    ['more rules', { matchConstraints: { resourceRules: [jobs, pods, { a: 1 }] } }, {}, undefined],
    ['no rules', { matchConstraints: {} }, {}, 'matches fewer objects'],
    ['no rules as there', { matchConstraints: undefined }, { matchConstraints: undefined }, undefined],
    ['rules where there are none', {}, { matchConstraints: {} }, 'matches fewer objects'],
    [
      'a selector of objects',
      { matchConstraints: { resourceRules: [pods, jobs], objectSelector: { a: 1 } } },
      {},
      'matches fewer objects',
    ],
    [
      'a selector of namespaces',
      { matchConstraints: { resourceRules: [pods, jobs], namespaceSelector: { a: 1 } } },
      {},
      'matches fewer objects',
    ],
    [
      'rules that exclude',
      { matchConstraints: { resourceRules: [pods, jobs], excludeResourceRules: [pods] } },
      {},
      'matches fewer objects',
    ],
    [
      'exact matches',
      { matchConstraints: { resourceRules: [pods, jobs], matchPolicy: 'Exact' } },
      {},
      'matches fewer objects',
    ],
    [
      'a selector where there are no constraints',
      { matchConstraints: { objectSelector: { a: 1 } } },
      { matchConstraints: undefined },
      'matches fewer objects',
    ],
    [
      'a selector that is a number',
      { matchConstraints: { resourceRules: [pods, jobs], objectSelector: 5 } },
      {},
      'matches fewer objects',
    ],
    [
      'a binding that denies for some, and warns for others',
      {
        bindings: [
          binding({ matchResources: { resourceRules: [pods] } }),
          binding({ matchResources: { resourceRules: [jobs] }, severity: 'warning' }),
        ],
      },
      {
        bindings: [
          binding({ matchResources: { resourceRules: [pods] } }),
          binding({ matchResources: { resourceRules: [jobs] } }),
        ],
      },
      'lenient',
    ],
    [
      'an empty selector',
      { matchConstraints: { resourceRules: [pods, jobs], objectSelector: {} } },
      {},
      undefined,
    ],
    [
      'nothing that excludes',
      { matchConstraints: { resourceRules: [pods, jobs], excludeResourceRules: [] } },
      {},
      undefined,
    ],
    [
      'null as a selector',
      { matchConstraints: { resourceRules: [pods, jobs], objectSelector: null } },
      {},
      undefined,
    ],
    [
      'a selector as there',
      { matchConstraints: { resourceRules: [pods, jobs], objectSelector: { a: 1 } } },
      { matchConstraints: { resourceRules: [pods, jobs], objectSelector: { a: 1 } } },
      undefined,
    ],
    [
      'a binding for some objects',
      { bindings: [binding({ matchResources: { resourceRules: [pods] } })] },
      {},
      'is bound for fewer objects',
    ],
    [
      'a binding for as many',
      { bindings: [binding({ matchResources: { resourceRules: [pods, jobs] } })] },
      { bindings: [binding({ matchResources: { resourceRules: [pods] } })] },
      undefined,
    ],
    [
      'a binding for fewer of some',
      { bindings: [binding({ matchResources: { resourceRules: [pods] } })] },
      { bindings: [binding({ matchResources: { resourceRules: [pods, jobs] } })] },
      'is bound for fewer objects',
    ],
    [
      'a binding for all',
      {},
      { bindings: [binding({ matchResources: { resourceRules: [pods] } })] },
      undefined,
    ],
    [
      'a second binding for some',
      { bindings: [binding(), binding({ matchResources: { resourceRules: [pods] } })] },
      {},
      undefined,
    ],
    [
      'one binding of two',
      { bindings: [binding({ matchResources: { resourceRules: [pods] } })] },
      {
        bindings: [
          binding({ matchResources: { resourceRules: [pods] } }),
          binding({ matchResources: { resourceRules: [jobs] } }),
        ],
      },
      'is bound for fewer objects',
    ],
    [
      'a binding with parameters',
      { bindings: [binding({ paramRef: { name: 'x' } })] },
      {},
      'is bound for fewer objects',
    ],
    [
      'a binding that denies without its parameters',
      { bindings: [binding({ paramRef: { name: 'x' }, parameterNotFoundAction: 'Deny' })] },
      {},
      undefined,
    ],
    [
      'a binding with parameters as there',
      { bindings: [binding({ paramRef: { name: 'x' } })] },
      { bindings: [binding({ paramRef: { name: 'y' } })] },
      undefined,
    ],
    ['a binding that only warns', { bindings: [binding({ severity: 'warning' })] }, {}, 'lenient'],
    [
      'a binding that warns as there',
      { bindings: [binding({ severity: 'warning' })] },
      { bindings: [binding({ severity: 'warning' })] },
      undefined,
    ],
    [
      'a binding that denies where that one warns',
      {},
      { bindings: [binding({ severity: 'warning' })] },
      undefined,
    ],
    [
      'a binding that denies some and one that warns of all',
      { bindings: [binding({ severity: 'note' }), binding({ matchResources: { resourceRules: [pods] } })] },
      {},
      'lenient',
    ],
  ])('with %s', (_, ours, theirs, expected) => {
    expect(why(ours, theirs)).toBe(expected);
  });

  it('is compared with that one alone', () => {
    const other = written('q', { bindings: [] });
    expect(weakenedFindings([other], [policy()])).toEqual([]);
    expect(asksLess(other, [policy()])).toBe(false);
    expect(asksLess(other, [policy(), policy({ name: 'q' })])).toBe(true);
    expect(weakenedFindings([], [policy()])).toEqual([]);
  });

  it('is told of only where it stands in a file', () => {
    expect(weakenedFindings([policy({ bindings: [] })], [policy()])).toEqual([]);
  });
});

describe('policies that are weaker', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const found = (count: number, change: Partial<CompiledPolicy>): ReturnType<typeof weakenedFindings> => {
    const some = names.slice(0, count);
    return weakenedFindings(
      some.map((name) => written(name, change)),
      some.map((name) => policy({ name })),
    );
  };
  const lenient = { bindings: [binding({ severity: 'note' as Severity })] };

  it('are one finding at the first of them, with the places of the others', () => {
    const [one, ...others] = found(2, { bindings: [] });
    expect(others).toEqual([]);
    expect(one).toMatchObject({
      rule: 'catalogue-policy-weakened',
      severity: 'error',
      message:
        '2 policies replace those of the catalogue and are weaker: a (has no binding), b (has no binding)',
      help: 'give a policy of your own another name, or accept this with a reason in cdb-lint.yaml',
      span: { file: { path: 'a.yaml' } },
      related: [{ message: 'has no binding', span: { file: { path: 'b.yaml' } } }],
    });
    expect(one?.span.file.text.slice(one.span.start, one.span.end)).toBe('a');
    const [related] = one?.related ?? [];
    expect(related?.span.file.text.slice(related.span.start, related.span.end)).toBe('b');
  });

  it('are named up to five, and counted', () => {
    const named = (count: number): unknown => {
      const [one] = found(count, { bindings: [] });
      return [one?.message.replaceAll(' (has no binding)', ''), one?.related.length];
    };
    const words = 'policies replace those of the catalogue and are weaker:';
    expect(named(1)).toEqual(['1 policy replaces one of the catalogue and is weaker: a', 0]);
    expect(named(5)).toEqual([`5 ${words} a, b, c, d, e`, 4]);
    expect(named(7)).toEqual([`7 ${words} a, b, c, d, e and 2 more`, 4]);
  });

  it('are apart from those that only no longer deny', () => {
    expect(found(1, lenient).map(({ severity, message }) => [severity, message])).toEqual([
      ['warning', '1 policy of the catalogue no longer denies anything: a (its bindings do not deny)'],
    ]);
    expect(found(2, lenient).map(({ message }) => message)).toEqual([
      '2 policies of the catalogue no longer deny anything: a (its bindings do not deny), b (its bindings do not deny)',
    ]);
    const both = weakenedFindings(
      [written('a', lenient), written('b', { ...lenient, failurePolicy: 'Ignore' })],
      [policy({ name: 'a' }), policy({ name: 'b' })],
    );
    expect(both.map(({ severity, span }) => [severity, span.file.path])).toEqual([
      ['error', 'b.yaml'],
      ['warning', 'a.yaml'],
    ]);
  });

  it('have places only where they stand in files', () => {
    const [one] = weakenedFindings(
      [written('a', { bindings: [] }), policy({ name: 'b', bindings: [] })],
      [policy({ name: 'a' }), policy({ name: 'b' })],
    );
    expect(one?.related).toEqual([]);
    expect(one?.message).toContain('2 policies');
  });
});
