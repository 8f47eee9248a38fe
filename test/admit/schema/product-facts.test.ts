import { describe, expect, test } from 'vitest';
import { admitObject } from '../../../src/admit/admit.ts';
import { customKindsOf } from '../../../src/schema/custom-kind.ts';
import { productFacts } from '../../../src/schema/product-facts-data.ts';
import { parseDocuments } from '../../../src/source/parse.ts';
import { formatPath, isMapping, type Mapping } from '../../../src/source/value.ts';

function parse(text: string): Mapping {
  const value = parseDocuments({ path: 'test.yaml', text }, 'api-server').documents[0]?.value;
  if (!isMapping(value)) throw new Error('not a mapping');
  return value;
}

function judge(head: string, spec: string, crds: readonly Mapping[] = []) {
  const object = parse(`${head}\nmetadata: {name: a}\nspec: ${spec}\n`);
  const { errors, noSchema } = admitObject(object, {
    kubernetesVersion: '1.36',
    customKinds: customKindsOf(crds),
  });
  return { errors: errors.map(({ field, type }) => `${formatPath(field)}: ${type}`), noSchema };
}

const certificate = 'apiVersion: cert-manager.io/v1\nkind: Certificate';

describe('kinds of products that clusters have', () => {
  test.each([
    [certificate, '{issuerRef: {name: x}}', ['spec.secretName: Required']],
    [certificate, '{secretName: a, issuerRef: {name: x}, dnsName: [a]}', ['spec.dnsName: UnknownField']],
    [
      'apiVersion: external-secrets.io/v1\nkind: ExternalSecret',
      '{refreshInterval: 1h, data: [{secretKey: a}]}',
      ['spec.data[0].remoteRef: Required'],
    ],
    // Served until 0.16, and still what many repositories have.
    [
      'apiVersion: external-secrets.io/v1beta1\nkind: ExternalSecret',
      '{data: a}',
      ['spec.data: TypeInvalid'],
    ],
    [
      'apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor',
      '{endpoints: []}',
      ['spec.selector: Required'],
    ],
    [
      'apiVersion: operators.coreos.com/v1alpha1\nkind: Subscription',
      '{source: a, sourceNamespace: b}',
      ['spec.name: Required'],
    ],
    [
      'apiVersion: grafana.integreatly.org/v1beta1\nkind: GrafanaDashboard',
      '{jsn: "{}"}',
      ['spec.jsn: UnknownField'],
    ],
    ['apiVersion: metallb.io/v1beta2\nkind: BGPPeer', '{peerASN: 1}', ['spec.myASN: Required']],
    ['apiVersion: argoproj.io/v1alpha1\nkind: Rollout', '{replicas: "1"}', ['spec.replicas: TypeInvalid']],
  ])('%s: %s', (head, spec, errors) => {
    expect(judge(head, spec)).toMatchObject({ errors });
  });

  test('those of Flux and its operator are known as well', () => {
    const generator = 'apiVersion: source.extensions.fluxcd.io/v1beta1\nkind: ArtifactGenerator';
    expect(judge(generator, '{sources: [{alias: a, kind: GitRepository, name: b}]}').errors).toEqual([
      'spec.artifacts: Required',
    ]);
    for (const kind of ['FluxInstance', 'ResourceSet', 'ResourceSetInputProvider'])
      expect(judge(`apiVersion: fluxcd.controlplane.io/v1\nkind: ${kind}`, '{nope: 1}').errors).toContain(
        'spec.nope: UnknownField',
      );
  });

  test('a version that the known release does not serve may be served by another', () => {
    expect(judge('apiVersion: cert-manager.io/v1alpha2\nkind: Certificate', '{any: 1}')).toEqual({
      errors: [],
      noSchema: true,
    });
  });

  test('a CRD of the repository goes before', () => {
    const crd = parse(
      'spec: {group: cert-manager.io, scope: Namespaced, names: {kind: Certificate, plural: certificates}, versions: [{name: v1, served: true, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {dnsName: {type: string}}}}}}}]}\n',
    );
    expect(judge(certificate, '{dnsName: a}', [crd]).errors).toEqual([]);
  });

  test('a namespace on a kind without is dropped, whatever it is', () => {
    const issuer = parse(
      'apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: {name: a, namespace: A_B}\nspec: {selfSigned: {}}\n',
    );
    const { errors, warnings } = admitObject(issuer, { kubernetesVersion: '1.36' });
    expect(errors).toEqual([]);
    expect(warnings).toMatchObject([{ field: ['metadata', 'namespace'] }]);
  });

  test('the facts say their release, and an error whose CRD it is by', () => {
    for (const [group, product] of [
      ['cert-manager.io', 'cert-manager'],
      ['monitoring.coreos.com', 'prometheus-operator'],
      ['argoproj.io', 'argo-rollouts'],
    ] as const)
      expect(productFacts(group)[0]?.release).toMatch(new RegExp(`^${product} \\d+\\.\\d+\\.\\d+$`));
    const object = parse(
      `${certificate}\nmetadata: {name: a}\nspec: {secretName: a, issuerRef: {name: x}, x: 1}\n`,
    );
    expect(admitObject(object, { kubernetesVersion: '1.36' }).errors[0]?.help).toMatch(
      /^this comes from the CRD of cert-manager \d/u,
    );
    expect(productFacts('example.org')).toEqual([]);
  });
});
