import fc from 'fast-check';
import { expect, test } from 'vitest';
import { validateObject } from '../../../src/admit/validation/validate.ts';
import { mappingOf } from '../../support/values.ts';

const kinds = [
  ['v1', 'Pod'],
  ['v1', 'Service'],
  ['v1', 'PersistentVolume'],
  ['apps/v1', 'Deployment'],
  ['batch/v1', 'CronJob'],
  ['networking.k8s.io/v1', 'Ingress'],
  ['networking.k8s.io/v1', 'NetworkPolicy'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler'],
  ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy'],
] as const;
const keys = [
  'spec',
  'metadata',
  'template',
  'containers',
  'volumes',
  'ports',
  'name',
  'labels',
  'selector',
  'rules',
  'metrics',
  'env',
  'affinity',
];
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'medium' },
    fc.constantFrom(null, '', 'a', 'A b', 0, -1, 80, true, '10%', '2Gi'),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...keys), tie('any'), { maxKeys: 4 }),
  ),
})).any;

test('an object of any form gets errors, not an exception', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds),
      value,
      value,
      fc.constantFrom('1.29', '1.36', '1.37'),
      ([apiVersion, kind], metadata, spec, kubernetesVersion) => {
        const object = mappingOf({ apiVersion, kind, metadata, spec });
        for (const error of validateObject(object, { kubernetesVersion })) expect(error.detail).not.toBe('');
      },
    ),
    { numRuns: 300, seed: 1 },
  );
});
