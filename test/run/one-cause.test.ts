import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { objectKey } from '../../src/run/object-key.ts';
import { withoutRefused, withoutUncompiled } from '../../src/run/one-cause.ts';

const pod = { apiVersion: 'v1', kind: 'Pod', name: 'web' };
const other = { ...pod, name: 'other' };

function finding(rule: string, more: object = {}): Diagnostic {
  return {
    rule,
    severity: 'error',
    message: rule,
    object: pod,
    entryPoint: 'prod',
    ...more,
  } as unknown as Diagnostic;
}

const rules = (some: readonly Diagnostic[]): string[] => some.map(({ rule }) => rule);

describe('what a rule says of a field', () => {
  const field = 'spec.a';
  const ofRule = finding('rule', { field });
  it.each<[string, Diagnostic, boolean]>([
    ['is left out where an API server refuses it', finding('invalid', { field }), true],
    ['is said where the server only warns of it', finding('invalid', { field, severity: 'warning' }), false],
    ['is said where the server refuses another field', finding('invalid', { field: 'spec.b' }), false],
    [
      'is said where the server refuses the field of another object',
      finding('invalid', { field, object: other }),
      false,
    ],
    [
      'is said where the server refuses it in another build',
      finding('invalid', { field, entryPoint: 'dev' }),
      false,
    ],
    ['is said where the server refuses something of no field', finding('invalid'), false],
  ])('%s', (_, refusal, isLeftOut) => {
    expect(rules(withoutRefused([ofRule], [refusal], new Set()))).toEqual(isLeftOut ? [] : ['rule']);
  });

  it('is said of what is no field, and of no object', () => {
    const some = [finding('one'), finding('two', { object: undefined, field })];
    const refusals = [finding('invalid'), finding('invalid', { object: undefined, field })];
    expect(rules(withoutRefused(some, refusals, new Set()))).toEqual(['one', 'two']);
  });
});

describe('that another environment has a safeguard', () => {
  const differs = finding('parity', { severity: 'warning', difference: { property: 'requests' } });
  const asked = (more: object = {}): Diagnostic =>
    finding('requests-missing', { severity: 'warning', ...more });
  it.each<[string, readonly Diagnostic[], boolean]>([
    ['is left out where a policy says as gravely that it is missing', [asked()], true],
    ['is left out where a policy says it more gravely', [asked({ severity: 'error' })], true],
    [
      'is left out by the gravest that the policy says',
      [asked({ severity: 'error' }), asked({ severity: 'note' })],
      true,
    ],
    ['is left out by the gravest, in any order', [asked({ severity: 'note' }), asked()], true],
    ['is said where a policy says it less gravely', [asked({ severity: 'note' })], false],
    ['is said where a policy says it of another object', [asked({ object: other })], false],
    ['is said where a policy says it in another build', [asked({ entryPoint: 'dev' })], false],
    ['is said where another policy says something', [finding('limits-missing')], false],
    ['is said where no policy says anything', [], false],
  ])('%s', (_, admitted, isLeftOut) => {
    expect(rules(withoutRefused([differs], admitted, new Set()))).toEqual(isLeftOut ? [] : ['parity']);
  });

  it('is left out of an object that no server decodes, where a policy would ask for it', () => {
    const unread = new Set([objectKey(pod, 'prod')]);
    const unasked = finding('parity', { difference: { property: 'unknown' } });
    const elsewhere = { ...differs, entryPoint: 'dev' } as Diagnostic;
    expect(withoutRefused([differs, unasked, elsewhere], [], unread)).toEqual([unasked, elsewhere]);
    const ofNone = { ...differs, object: undefined } as unknown as Diagnostic;
    expect(withoutRefused([ofNone], [], unread)).toEqual([ofNone]);
    expect(withoutRefused([ofNone], [asked({ object: undefined })], unread)).toEqual([]);
  });
});

describe('an expression that does not compile', () => {
  const policy = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    name: 'p',
  };
  const field = 'spec.validations[0].expression';
  const said = finding('invalid-value', { object: policy, field });
  const uncompiled = finding('invalid-policy', { object: policy, field });
  it.each<[string, readonly Diagnostic[], Diagnostic, boolean]>([
    ['is told of once', [uncompiled], said, true],
    ['is told of where another one does not compile', [{ ...uncompiled, field: 'spec.x' }], said, false],
    [
      'is told of where one of another policy does not compile',
      [{ ...uncompiled, object: { ...policy, name: 'q' } }],
      said,
      false,
    ],
    ['is told of where something else is wrong with it', [{ ...uncompiled, rule: 'x' }], said, false],
    ['is told of by other rules', [uncompiled], { ...said, rule: 'x' }, false],
    ['is no value of another kind', [{ ...uncompiled, object: pod }], { ...said, object: pod }, false],
    ['is no value of no object', [uncompiled], finding('invalid-value', { object: undefined }), false],
  ])('%s', (_, ofPolicies, admitted, isLeftOut) => {
    expect(withoutUncompiled([admitted], ofPolicies)).toEqual(isLeftOut ? [] : [admitted]);
  });
});
