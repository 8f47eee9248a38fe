import { expect, it } from 'vitest';
import { tooMuch } from '../../src/reconcile/too-much.ts';
import { tracked } from '../support/values.ts';

it('what makes more than is followed is an error, at the key that says so, and leaves its output unchecked', () => {
  const { value: object, origin } = tracked(
    { kind: 'ResourceSet', metadata: { name: 'fleet' }, spec: { inputs: [] } },
    'fleet.yaml',
  );
  expect(tooMuch({ object, origin }, 'more than 1,000 objects', ['spec'])).toMatchObject({
    rule: 'too-large',
    severity: 'error',
    message: 'more than 1,000 objects, which exceeds the limit',
    help: 'split it into several smaller ones',
    field: 'spec',
    span: { file: { path: 'fleet.yaml' } },
    unchecked: 'the output of ResourceSet fleet',
  });
});
