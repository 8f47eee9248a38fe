import { describe, expect, test } from 'vitest';
import { errorsOf, judge } from './judge.ts';

const template = `
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: nginx}]`;

function deployment(spec: string, podTemplate = template): string {
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  selector: {matchLabels: {app: web}}${podTemplate}\n${spec}`;
}

describe('a Deployment', () => {
  test.each([
    ['that is small', ''],
    ['with a strategy', '  strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}'],
    [
      'with percentages',
      '  strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 200%, maxUnavailable: 100%}}',
    ],
    ['without replicas', '  replicas: null'],
  ])('%s is accepted', (_, spec) => {
    expect(judge(deployment(spec))).toEqual([]);
  });

  test.each([
    ['a negative count', '  replicas: -1', 'Invalid spec.replicas'],
    [
      'Recreate with rollingUpdate',
      '  strategy: {type: Recreate, rollingUpdate: {}}',
      'Forbidden spec.strategy.rollingUpdate',
    ],
    ['an unknown strategy', '  strategy: {type: rolling}', 'NotSupported spec.strategy.type'],
    [
      'a count in quotes',
      '  strategy: {rollingUpdate: {maxSurge: "1"}}',
      'Invalid spec.strategy.rollingUpdate.maxSurge',
    ],
    [
      'two zeros',
      '  strategy: {rollingUpdate: {maxSurge: 0%, maxUnavailable: 0}}',
      'Invalid spec.strategy.rollingUpdate.maxUnavailable',
    ],
    ['a deadline before readiness', '  minReadySeconds: 600', 'Invalid spec.progressDeadlineSeconds'],
  ])('%s is refused', (_, spec, error) => {
    expect(judge(deployment(spec))).toEqual([error]);
  });

  test('must match the labels of its template', () => {
    const yaml = deployment('').replace('labels: {app: web}', 'labels: {app: other}');
    expect(judge(yaml)).toEqual(['Invalid spec.template.metadata.labels']);
    expect(judge(yaml.replace('  selector: {matchLabels: {app: web}}', ''))).toEqual([
      'Required spec.selector',
    ]);
  });

  test('keeps its pods running', () => {
    const yaml = deployment('').replace(
      '    spec:',
      '    spec:\n      restartPolicy: Never\n      activeDeadlineSeconds: 5',
    );
    expect(judge(yaml)).toEqual([
      'NotSupported spec.template.spec.restartPolicy',
      'Forbidden spec.template.spec.activeDeadlineSeconds',
    ]);
  });

  test('says what to write where there is one right answer', () => {
    const [error] = errorsOf(deployment('').replace('name: web}', 'name: My_Web}'));
    expect(error).toMatchObject({ type: 'Invalid', badValue: 'My_Web', help: 'write "my-web"' });
  });
});

describe('a DaemonSet', () => {
  const daemonSet = (spec: string) => deployment(spec).replace('Deployment', 'DaemonSet');

  test('surges or goes down, not both and not neither', () => {
    expect(judge(daemonSet('  updateStrategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}'))).toEqual(
      [],
    );
    expect(judge(daemonSet('  updateStrategy: {rollingUpdate: {maxSurge: 1}}'))).toEqual([
      'Invalid spec.updateStrategy.rollingUpdate.maxSurge',
    ]);
    expect(judge(daemonSet('  updateStrategy: {rollingUpdate: {maxUnavailable: 0}}'))).toEqual([
      'Invalid spec.updateStrategy.rollingUpdate.maxUnavailable',
    ]);
  });
});

describe('a StatefulSet', () => {
  const statefulSet = (spec: string) =>
    deployment(`  serviceName: web\n${spec}`).replace('Deployment', 'StatefulSet');
  const claim =
    '{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}';

  test('gives its claims to the pods as volumes', () => {
    const yaml = statefulSet(`  volumeClaimTemplates: [${claim}]`).replace(
      'image: nginx',
      'image: nginx, volumeMounts: [{name: data, mountPath: /data}]',
    );
    expect(judge(yaml)).toEqual([]);
    expect(judge(yaml.replace('name: data}, spec', 'name: other}, spec'))).toEqual([
      'NotFound spec.template.spec.containers[0].volumeMounts[0].name',
    ]);
  });

  test('checks its claims', () => {
    expect(
      judge(
        statefulSet(
          '  volumeClaimTemplates: [{metadata: {name: Data}, spec: {accessModes: [ReadWriteOnce]}}]',
        ),
      ),
    ).toEqual([
      'Invalid spec.volumeClaimTemplates[0].metadata.name',
      'Required spec.volumeClaimTemplates[0].spec.resources.requests.storage',
    ]);
  });

  test('looks at maxUnavailable since 1.37', () => {
    const yaml = statefulSet('  updateStrategy: {rollingUpdate: {maxUnavailable: 0}}');
    expect(judge(yaml, '1.36')).toEqual([]);
    expect(judge(yaml, '1.37')).toEqual(['Invalid spec.updateStrategy.rollingUpdate.maxUnavailable']);
  });
});
