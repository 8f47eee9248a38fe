import { describe, expect, test } from 'vitest';
import { judge } from './judge.ts';

function pod(container: string, spec = ''): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {app: a}}\nspec:\n  containers: [{name: c, image: i${container === '' ? '' : `, ${container}`}}]\n${spec}`;
}

function statefulSet(spec: string): string {
  return `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: s}\nspec:\n  selector: {matchLabels: {app: a}}\n  template: {metadata: {labels: {app: a}}, spec: {containers: [{name: c, image: i}]}}\n${spec}`;
}

const hpa = (spec: string) =>
  `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: h}\nspec: {maxReplicas: 3, ${spec}}`;
const spread = (selector: string) =>
  `  topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule, matchLabelKeys: [app], labelSelector: ${selector}}]`;
const external =
  'metrics: [{type: External, external: {metric: {name: m}, target: {type: Value, value: 1}}}]';

describe('what changed between versions', () => {
  test.each([
    [
      'the name of a headless service, 1.33',
      statefulSet('  serviceName: a.b'),
      '1.32',
      '1.33',
      'Invalid spec.serviceName',
    ],
    [
      'the group of what is scaled, 1.34',
      hpa('scaleTargetRef: {apiVersion: v1, kind: ReplicationController, name: r}'),
      '1.33',
      '1.34',
      'Invalid spec.scaleTargetRef.apiVersion',
    ],
    [
      'an unmasked proc of the host, 1.33',
      pod('securityContext: {procMount: Unmasked}'),
      '1.32',
      '1.33',
      'Invalid spec.containers[0].securityContext.procMount',
    ],
    [
      'a negative grace period, 1.37',
      pod('', '  terminationGracePeriodSeconds: -1'),
      '1.36',
      '1.37',
      'Invalid spec.terminationGracePeriodSeconds',
    ],
    [
      'claims without a size in a StatefulSet, 1.34',
      statefulSet('  volumeClaimTemplates: [{metadata: {name: d}, spec: {accessModes: [ReadWriteOnce]}}]'),
      '1.33',
      '1.34',
      'Required spec.volumeClaimTemplates[0].spec.resources.requests.storage',
    ],
  ])('%s: refused since', (_, yaml, before, since, error) => {
    expect(judge(yaml, before)).toEqual([]);
    expect(judge(yaml, since)).toEqual([error]);
  });

  test.each([
    [
      'a sleep of no time, 1.33',
      pod('lifecycle: {preStop: {sleep: {seconds: 0}}}'),
      '1.32',
      '1.33',
      'Invalid spec.containers[0].lifecycle.preStop.sleep.seconds',
    ],
    [
      'no replicas, 1.37',
      hpa(`minReplicas: 0, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}, ${external}`),
      '1.36',
      '1.37',
      'Invalid spec.minReplicas',
    ],
    [
      'an underscore in a search domain, 1.33',
      pod('', '  dnsConfig: {searches: [a_b.c]}'),
      '1.32',
      '1.33',
      'Invalid spec.dnsConfig.searches[0]',
    ],
    [
      'a restart policy of one container, 1.35',
      pod('restartPolicy: Always'),
      '1.34',
      '1.35',
      'Forbidden spec.containers[0].restartPolicy',
    ],
  ])('%s: accepted since', (_, yaml, before, since, error) => {
    expect(judge(yaml, before)).toEqual([error]);
    expect(judge(yaml, since)).toEqual([]);
  });

  test('keys of a spread that are in its selector too', () => {
    const at = 'Invalid spec.topologySpreadConstraints[0].matchLabelKeys[0]';
    expect(judge(pod('', spread('{matchLabels: {app: a}}')), '1.36')).toEqual([at]);
    expect(judge(pod('', spread('{matchLabels: {other: a}}')), '1.36')).toEqual([]);
    // A template's own labels are not added before its pods are made.
    expect(
      judge(
        statefulSet('').replace('image: i}]', `image: i}], ${spread('{matchLabels: {app: a}}').trim()}`),
        '1.36',
      ),
    ).toEqual([]);
  });

  test('an AppArmor annotation must say what the field says', () => {
    const yaml = pod('securityContext: {appArmorProfile: {type: RuntimeDefault}}').replace(
      'labels:',
      'annotations: {container.apparmor.security.beta.kubernetes.io/c: unconfined}, labels:',
    );
    expect(judge(yaml)).toEqual(['Forbidden spec.containers[0].securityContext.appArmorProfile.type']);
    expect(judge(yaml.replace('unconfined', 'runtime/default'))).toEqual([]);
  });

  test('an AppArmor annotation of a Pod becomes the field of its container, of a template it must say what the pod says', () => {
    const of = (value: string): string =>
      `apiVersion: v1\nkind: Pod\nmetadata: {name: a, annotations: {container.apparmor.security.beta.kubernetes.io/c: "${value}"}}\nspec: {securityContext: {appArmorProfile: {type: RuntimeDefault}}, containers: [{name: c, image: i}]}`;
    const path = 'spec.containers[0].securityContext.appArmorProfile.type';
    expect(judge(of('unconfined'))).toEqual([]);
    expect(judge(of('localhost/'))).toEqual([`Forbidden ${path}`]);
    const [start, spec] = of('unconfined').split('\nspec: ') as [string, string];
    const annotations = start.slice(start.indexOf('annotations: '), -1);
    const job = `apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec: {template: {metadata: {${annotations}}, spec: {restartPolicy: Never, ${spec.slice(1)}}}`;
    expect(judge(job)).toEqual([`Forbidden spec.template.${path}`]);
  });

  test('a StatefulSet may have a negative limit for its history', () => {
    expect(judge(statefulSet('revisionHistoryLimit: -1'))).toEqual([]);
  });
});
