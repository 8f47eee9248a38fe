import { describe, expect, test } from 'vitest';
import { judgeDeletions } from '../../../src/admit/judge-deletions.ts';
import { evaluatePolicies } from '../../../src/admit/policy/evaluate.ts';
import { type CompiledPolicy, readPolicy } from '../../../src/admit/policy/policy.ts';
import type { AdmissionRequest } from '../../../src/admit/request.ts';
import { untracked } from '../../../src/object/provenance.ts';
import type { Mapping } from '../../../src/source/value.ts';
import { mappingOf } from '../../support/values.ts';

/** A policy for ConfigMaps and these operations. */
function policyOf(operations: readonly string[], spec: object): CompiledPolicy {
  const rule = { apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps', 'namespaces'], operations };
  const metadata = { name: 'keep' };
  const policy = mappingOf({ metadata, spec: { matchConstraints: { resourceRules: [rule] }, ...spec } });
  const binding = mappingOf({ metadata, spec: { policyName: 'keep', validationActions: ['Deny'] } });
  return readPolicy(policy, [{ object: binding }]);
}

function say(policy: CompiledPolicy, request: AdmissionRequest): readonly string[] {
  return evaluatePolicies([policy], request).map(({ message }) => message);
}

const settings = (value: string, labels: object = {}): Mapping =>
  mappingOf({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', labels }, data: { value } });

describe('policies on updates', () => {
  const frozen = policyOf(['UPDATE'], {
    validations: [{ expression: "object.data.value == oldObject.data['value']", message: 'frozen' }],
  });

  test('see the object before', () => {
    const update = { operation: 'UPDATE' as const, object: settings('b') };
    expect(say(frozen, { ...update, oldObject: settings('a') })).toEqual(['frozen']);
    expect(say(frozen, { ...update, oldObject: settings('b') })).toEqual([]);
  });

  test('say nothing of what is created', () => {
    expect(say(frozen, { operation: 'CREATE', object: settings('b') })).toEqual([]);
  });
});

describe('policies on deletions', () => {
  test('see the object that goes, and no other', () => {
    const kept = policyOf(['DELETE'], {
      matchConditions: [{ name: 'deletion', expression: "request.operation == 'DELETE'" }],
      validations: [
        {
          expression: "object == null && !('keep' in oldObject.metadata.labels)",
          messageExpression: "'keep ' + oldObject.metadata.name",
        },
      ],
    });
    expect(say(kept, { operation: 'DELETE', oldObject: settings('a', { keep: 'yes' }) })).toEqual(['keep a']);
    expect(say(kept, { operation: 'DELETE', oldObject: settings('a', { other: 'yes' }) })).toEqual([]);
    const resource = { object: settings('a', { keep: 'yes' }), origin: untracked };
    const options = { policies: [kept], kubernetesVersions: ['1.36'] };
    expect(judgeDeletions([resource], options)).toMatchObject([
      { rule: 'keep', severity: 'error', message: 'keep a', field: 'metadata.name' },
    ]);
  });

  test('are chosen by the labels of the object that goes', () => {
    const labelled = policyOf(['*'], {
      matchConstraints: {
        objectSelector: { matchLabels: { keep: 'yes' } },
        resourceRules: [{ apiGroups: ['*'], apiVersions: ['*'], resources: ['*'], operations: ['DELETE'] }],
      },
      validations: [{ expression: 'false', message: 'kept' }],
    });
    expect(say(labelled, { operation: 'DELETE', oldObject: settings('a', { keep: 'yes' }) })).toEqual([
      'kept',
    ]);
    expect(say(labelled, { operation: 'DELETE', oldObject: settings('a') })).toEqual([]);
    expect(say(labelled, { operation: 'CREATE', object: settings('a', { keep: 'yes' }) })).toEqual([]);
  });
});
