import { expect, it } from 'vitest';
import { admitObject } from '../../src/admit/admit.ts';
import { newAdmittedAlike } from '../../src/admit/admitted-alike.ts';
import type { Mapping, MutableMapping } from '../../src/source/value.ts';
import { mappingOf } from '../support/mapping-of.ts';

const selector = mappingOf({ matchLabels: { app: 'a' } }) as Mapping;

interface Written {
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly label?: readonly [string, string];
  readonly templateLabel?: string;
  readonly image?: string;
  readonly account?: string;
  readonly configMap?: string;
  readonly replicas?: number | string;
}

/** What an overlay makes of a base: the selector stays the very same value. */
function overlaid({
  kind = 'Deployment',
  name = 'a-web',
  namespace = 'a',
  label = ['team', 'a'],
  templateLabel = 'a',
  image = 'example.com/web:1.0.0',
  account = 'a-web',
  configMap = 'a-web',
  replicas = 1,
}: Written): Mapping {
  const metadata = { name, namespace, labels: Object.fromEntries([label]) };
  const containers = [{ name: 'a', image, envFrom: [{ configMapRef: { name: configMap } }] }];
  const template = {
    metadata: { labels: { app: templateLabel } },
    spec: { serviceAccountName: account, containers },
  };
  const spec = mappingOf({ replicas, selector: null, template }) as MutableMapping;
  spec['selector'] = selector;
  const object = mappingOf({ apiVersion: 'apps/v1', kind, metadata }) as MutableMapping;
  object['spec'] = spec;
  return object;
}

const world = ['create', false, false, undefined, '1.36'];
const admit = (object: Mapping) => [admitObject(object, { kubernetesVersion: '1.36' })];

it.each<[string, Written]>([
  ['its names', { name: 'b-web', namespace: 'b', account: 'b-web', configMap: 'b-web' }],
  ['its image', { image: 'example.com/web:1.0.1' }],
  ['a label', { label: ['team', 'b'] }],
])('says of an object what was said of one that differs in %s alone', (_, written) => {
  const alike = newAdmittedAlike();
  const first = alike(overlaid({}), world, () => admit(overlaid({})));
  expect(first).toEqual([{ verdict: 'accept', errors: [], warnings: [] }]);
  expect(alike(overlaid(written), world, () => [])).toBe(first);
});

it.each<[string, Written]>([
  ['a name that is none', { name: 'B_web' }],
  ['a name that is long', { name: `b${'-web'.repeat(20)}` }],
  ['a namespace that is none', { namespace: 'b.c' }],
  ['an image without a name', { image: ' ' }],
  ['an account that is none', { account: 'B_web' }],
  ['a reference to nothing', { configMap: '' }],
  ['a label that is none', { label: ['team', 'a b'] }],
  ['a label that means something', { label: ['pod-security.kubernetes.io/enforce', 'b'] }],
  ['a label that the selector does not select', { templateLabel: 'b' }],
  ['a number', { replicas: -1 }],
  ['a type', { replicas: '1' }],
  ['another field', { label: ['tier', 'a'] }],
  ['its kind', { kind: 'StatefulSet' }],
])('asks again of an object with %s', (_, written) => {
  const alike = newAdmittedAlike();
  alike(overlaid({}), world, () => admit(overlaid({})));
  const object = overlaid(written);
  const asked: Mapping[] = [];
  alike(object, world, () => {
    asked.push(object);
    return admit(object);
  });
  expect(asked).toEqual([object]);
});

it('asks again in another world, and of what was not accepted without a word', () => {
  const alike = newAdmittedAlike();
  const refused = overlaid({ replicas: -1 });
  alike(refused, world, () => admit(refused));
  const next = overlaid({ replicas: -1, name: 'b-web' });
  expect(alike(next, world, () => [])).toEqual([]);
  alike(overlaid({}), world, () => admit(overlaid({})));
  expect(alike(overlaid({ name: 'b-web' }), [...world, '1.35'], () => [])).toEqual([]);
});
