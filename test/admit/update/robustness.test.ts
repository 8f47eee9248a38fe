import fc from 'fast-check';
import { expect, test } from 'vitest';
import { validateUpdate } from '../../../src/admit/update/admit-update.ts';
import { customKindsOf } from '../../../src/schema/custom-kind.ts';
import { factsFor, kindsOf } from '../../../src/schema/facts.ts';
import { mappingOf } from '../../support/values.ts';

const builtIn = kindsOf(factsFor('1.36')).map(({ group, version, kind }) => [
  group === '' ? version : `${group}/${version}`,
  kind,
]);
const keys = [
  'spec',
  'status',
  'template',
  'containers',
  'volumes',
  'ports',
  'name',
  'labels',
  'selector',
  'data',
  'versions',
  'clusterIP',
  'clusterIPs',
  'requests',
  'nodeAffinity',
];
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'medium' },
    fc.constantFrom<unknown>(null, '', 'a', 0, -1, 9007199254740993n, true, '10%', '2Gi', 'None'),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...keys), tie('any'), { maxKeys: 4 }),
  ),
})).any;

const wheels = customKindsOf([
  mappingOf({
    metadata: { name: 'wheels.example.org' },
    spec: {
      group: 'example.org',
      names: { kind: 'Wheel', plural: 'wheels' },
      versions: [
        {
          name: 'v1',
          served: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                spec: {
                  type: 'object',
                  'x-kubernetes-preserve-unknown-fields': true,
                  'x-kubernetes-validations': [{ rule: 'self == oldSelf' }],
                  properties: {
                    ports: {
                      type: 'array',
                      'x-kubernetes-list-type': 'map',
                      'x-kubernetes-list-map-keys': ['name'],
                      items: { type: 'object', properties: { name: { type: 'string' } } },
                    },
                  },
                },
              },
            },
          },
        },
      ],
    },
  }),
]);

test('an update of any form gets errors, not an exception', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...builtIn, ['example.org/v1', 'Wheel']),
      fc.array(fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 4 }), {
        minLength: 2,
        maxLength: 2,
      }),
      fc.constantFrom('1.29', '1.36', '1.37'),
      fc.constantFrom('server-side-apply' as const, 'client-side-apply' as const),
      ([apiVersion, kind], states, kubernetesVersion, appliedBy) => {
        const metadata = { name: 'a', labels: { a: 'b' } };
        const [old, next] = states.map((state) => mappingOf({ ...state, apiVersion, kind, metadata }));
        if (old === undefined || next === undefined) throw new Error('no pair');
        const context = { kubernetesVersion, appliedBy, customKinds: wheels };
        for (const error of validateUpdate(old, next, context)) expect(error.detail).not.toBe('');
      },
    ),
    { numRuns: 500, seed: 1 },
  );
});

test('an object that stays as it is is never refused', () => {
  fc.assert(
    fc.property(fc.constantFrom(...builtIn), ([apiVersion, kind]) => {
      const object = mappingOf({ apiVersion, kind, metadata: { name: 'a' } });
      const changes = validateUpdate(object, object, { kubernetesVersion: '1.36' }).filter(
        ({ detail }) => detail.includes('must not change') || detail.includes('differ'),
      );
      expect(changes).toEqual([]);
    }),
    { numRuns: 200, seed: 1 },
  );
});
