import { describe, expect, it } from 'vitest';
import { builtInPolicies } from '../../../src/admit/policy/built-in.ts';
import { closerLook } from '../../../src/admit/policy/closer-look.ts';
import { evaluatePolicies } from '../../../src/admit/policy/evaluate.ts';
import { type CompiledPolicy, readPolicy } from '../../../src/admit/policy/policy.ts';
import { builtInProfiles } from '../../../src/diagnostic/profile.ts';
import { formatPath, type Mapping } from '../../../src/source/value.ts';
import { leakingCommands, leakingFields, leakingTexts } from '../../credential/leaks.ts';
import { harmlessCommands, harmlessFields, harmlessTexts } from '../../credential/non-secrets.ts';
import { unmarked } from '../../credential/unmarked.ts';
import { mappingOf } from '../../support/mapping-of.ts';

const policy = builtInPolicies({ parts: builtInProfiles.all }).find(
  ({ name }) => name === 'secret-in-plain-text',
) as CompiledPolicy;

/** The policy as an API server runs it: under another name nothing looks closer. */
const expressions = readPolicy({ ...policy.object, metadata: { name: 'expressions' } } as Mapping, [
  {
    object: mappingOf({
      metadata: { name: 'expressions' },
      spec: { policyName: 'expressions', validationActions: ['Deny'] },
    }) as Mapping,
  },
]);

function placesOf(by: CompiledPolicy, object: Mapping): string[] {
  return evaluatePolicies([by], { operation: 'CREATE', object }).map(({ validation, path, message }) => {
    // Of a variable the expressions blame the name, which they read first, and of a text the line by its number.
    const field = path[0] === 'data' ? path.slice(0, 2) : path;
    const at = field.at(-1) === 'name' ? [...field.slice(0, -1), 'value'] : field;
    return `${validation} ${formatPath(at)} ${message}`;
  });
}

function configMap(data: object): Mapping {
  return mappingOf({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data }) as Mapping;
}

function pod(container: object): Mapping {
  const spec = { containers: [{ name: 'a', image: 'a:1', ...container }] };
  return mappingOf({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec }) as Mapping;
}

const fields = [...leakingFields, ...harmlessFields].map(
  ([name, value]) => [name, unmarked(value).text] as const,
);
const objects: readonly Mapping[] = [
  ...fields.map(([name, value]) => pod({ env: [{ name, value }] })),
  ...fields.map(([name, value]) => configMap({ [name]: value })),
  ...Object.entries({ ...leakingTexts, ...harmlessTexts }).map(([name, text]) =>
    configMap({ [name]: unmarked(text).text }),
  ),
  ...[...leakingCommands, ...harmlessCommands].flatMap((words) => {
    const command = words.map((word) => unmarked(word).text);
    return [pod({ command }), pod({ livenessProbe: { exec: { command } } })];
  }),
];

describe('the closer look at secret-in-plain-text', () => {
  it('is treated as the policy of the catalogue, and for no other of its name', () => {
    expect(closerLook(policy)).toBeDefined();
    expect(closerLook(expressions)).toBeUndefined();
    const { spec } = policy.object as { spec: Mapping };
    const other = { ...policy.object, spec: { ...spec, variables: [] } } as Mapping;
    expect(closerLook(readPolicy(other))).toBeUndefined();
  });

  it('sees all that the expressions refuse in a cluster, so what passes here passes there', () => {
    const refused = objects.filter((object) => placesOf(expressions, object).length > 0);
    expect(refused.length).toBeGreaterThan(50);
    for (const object of refused)
      expect(placesOf(policy, object)).toEqual(expect.arrayContaining(placesOf(expressions, object)));
  });

  it('refuses nothing harmless, neither by the look nor by the expressions', () => {
    const harmless = [
      ...harmlessFields.flatMap(([name, value]) => [
        pod({ env: [{ name, value }] }),
        configMap({ [name]: value }),
      ]),
      ...Object.entries(harmlessTexts).map(([name, text]) => configMap({ [name]: text })),
      ...harmlessCommands.map((command) => pod({ command })),
    ];
    expect(harmless.flatMap((object) => placesOf(expressions, object))).toEqual([]);
    expect(harmless.flatMap((object) => placesOf(policy, object))).toEqual([]);
  });

  it.each([
    ['ReplicationController', 'v1', 'spec.template.spec', { spec: { template: { spec: {} } } }],
    ['PodTemplate', 'v1', 'template.spec', { template: { spec: {} } }],
    ['StatefulSet', 'apps/v1', 'spec.template.spec', { spec: { template: { spec: {} } } }],
    [
      'CronJob',
      'batch/v1',
      'spec.jobTemplate.spec.template.spec',
      { spec: { jobTemplate: { spec: { template: { spec: {} } } } } },
    ],
  ])('looks into the pods of a %s', (kind, apiVersion, path, shape) => {
    const spec = { initContainers: [{ name: 'a', env: [{ name: 'DB_PASSWORD', value: 'hunter22' }] }] };
    const text = JSON.stringify({ apiVersion, kind, metadata: { name: 'a' }, ...shape });
    const object = mappingOf(
      JSON.parse(text.replace('"spec":{}', `"spec":${JSON.stringify(spec)}`)),
    ) as Mapping;
    for (const by of [policy, expressions])
      expect(placesOf(by, object)).toEqual([
        `0 ${path}.initContainers[0].env[0].value an environment variable contains a secret in plain text`,
      ]);
  });

  it('looks into binary data', () => {
    const key = btoa(
      '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIJ8mQ2v7nTq1Xy3k\n-----END EC PRIVATE KEY-----\n',
    );
    const object = mappingOf({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a' },
      binaryData: { 'tls.key': key, 'logo.png': btoa('PNG \x00\x01\x02') },
    }) as Mapping;
    expect(placesOf(policy, object)).toEqual([
      '2 binaryData[tls.key] a ConfigMap contains a secret in plain text',
    ]);
  });
});
