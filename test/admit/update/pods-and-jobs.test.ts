import { describe, expect, test } from 'vitest';
import { document, judgeUpdate } from './judge-update.ts';

const pod = (rest: string, container = 'image: i') =>
  document('v1', 'Pod', `spec: {${rest === '' ? '' : `${rest}, `}containers: [{name: c, ${container}}]}`);
const job = (rest: string, spec = 'containers: [{name: c, image: i}]') =>
  document(
    'batch/v1',
    'Job',
    `spec: {${rest === '' ? '' : `${rest}, `}template: {spec: {restartPolicy: Never, ${spec}}}}`,
  );

describe('a Pod', () => {
  test('gets other images, a shorter deadline and more tolerations', () => {
    const old = pod('activeDeadlineSeconds: 60, tolerations: [{key: a, operator: Exists}]');
    const next = pod(
      'activeDeadlineSeconds: 30, tolerations: [{key: a, operator: Exists, tolerationSeconds: 5, effect: NoExecute}, {key: a, operator: Exists}]',
      'image: j',
    );
    expect(judgeUpdate(old, next)).toEqual([]);
  });

  test.each([
    ['nodeName: a', 'nodeName: b', ['Forbidden spec']],
    ['activeDeadlineSeconds: 30', 'activeDeadlineSeconds: 60', ['Invalid spec.activeDeadlineSeconds']],
    ['activeDeadlineSeconds: 30', '', ['Invalid spec.activeDeadlineSeconds']],
    ['tolerations: [{key: a, operator: Exists}]', '', ['Forbidden spec.tolerations']],
    ['', 'schedulingGates: [{name: a/b}]', ['Forbidden spec.schedulingGates[0].name']],
    ['', 'initContainers: [{name: d, image: i}]', ['Forbidden spec.initContainers']],
  ])('keeps the rest: %s → %s', (old, next, errors) => {
    expect(judgeUpdate(pod(old), pod(next))).toEqual(errors);
  });

  test('says the same in other words', () => {
    const old = pod('', 'image: i, resources: {requests: {cpu: 500m}}');
    const next = pod('hostNetwork: false, nodeSelector: {}', 'image: i, resources: {requests: {cpu: "0.5"}}');
    expect(judgeUpdate(old, next)).toEqual([]);
  });

  test('narrows where it runs while a gate holds it', () => {
    const terms = (values: string) =>
      `affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: In, values: [b]}${values}]}]}}}`;
    const gate = 'schedulingGates: [{name: a/b}]';
    const more = ', {key: c, operator: Exists}';
    expect(judgeUpdate(pod(`${gate}, ${terms('')}`), pod(`nodeSelector: {d: e}, ${terms(more)}`))).toEqual(
      [],
    );
    expect(judgeUpdate(pod(`${gate}, nodeSelector: {d: e}`), pod(gate))).toEqual([
      'Invalid spec.nodeSelector',
    ]);
    expect(judgeUpdate(pod(terms('')), pod(terms(more)))).toEqual(['Forbidden spec']);
  });
});

describe('a Job', () => {
  test('changes how many pods run at once', () => {
    expect(judgeUpdate(job('parallelism: 1'), job('parallelism: 2, suspend: true'))).toEqual([]);
  });

  test('keeps its template', () => {
    const next = job('', 'containers: [{name: c, image: j}]');
    expect(judgeUpdate(job(''), next)).toEqual(['Invalid spec.template']);
    expect(judgeUpdate(job('suspend: true'), next)).toEqual(['Invalid spec.template.spec']);
  });

  test('changes where its pods run, and what they ask for, while it is suspended', () => {
    const directed =
      'nodeSelector: {a: b}, tolerations: [{key: k, operator: Exists}], containers: [{name: c, image: i}]';
    expect(judgeUpdate(job('suspend: true'), job('suspend: true', directed))).toEqual([]);
    expect(judgeUpdate(job(''), job('', directed))).toEqual(['Invalid spec.template']);
    const asking = job('suspend: true', 'containers: [{name: c, image: i, resources: {requests: {cpu: 1}}}]');
    expect(judgeUpdate(job('suspend: true'), asking)).toEqual([]);
    expect(judgeUpdate(job('suspend: true'), asking, { kubernetesVersion: '1.35' })).toEqual([
      'Invalid spec.template',
    ]);
  });

  test('changes completions only where it is Indexed, and together with parallelism', () => {
    const indexed = (completions: number, parallelism: number) =>
      job(`completionMode: Indexed, completions: ${completions}, parallelism: ${parallelism}`);
    expect(judgeUpdate(indexed(2, 2), indexed(3, 3))).toEqual([]);
    expect(judgeUpdate(indexed(2, 2), indexed(3, 2))).toEqual(['Invalid spec.completions']);
    expect(judgeUpdate(job('completions: 1'), job('completions: 2'))).toEqual(['Invalid spec.completions']);
  });

  test.each([
    'completionMode: Indexed, completions: 1, parallelism: 1',
    'backoffLimitPerIndex: 1, completionMode: Indexed, completions: 1, parallelism: 1',
    'managedBy: example.com/x',
  ])('gets none of %s later', (rest) => {
    expect(judgeUpdate(job('completions: 1, parallelism: 1'), job(rest))).not.toEqual([]);
  });
});
