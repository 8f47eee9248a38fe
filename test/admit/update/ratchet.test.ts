import { describe, expect, test } from 'vitest';
import { document, judgeUpdate } from './judge-update.ts';

const job =
  'jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}}';
const cron = (schedule: string, rest = '') =>
  document('batch/v1', 'CronJob', `spec: {schedule: "${schedule}"${rest}, ${job}}`);
const network = (cidr: string, rest = '') =>
  document(
    'networking.k8s.io/v1',
    'NetworkPolicy',
    `spec: {podSelector: {}${rest}, ingress: [{from: [{ipBlock: {cidr: "${cidr}"}}]}]}`,
  );
const stateful = (image: string, rest = '') =>
  document(
    'apps/v1',
    'StatefulSet',
    `spec: {serviceName: s${rest}, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: "${image}"}]}}}`,
  );

// What an older server let in, and a newer one no longer takes from anybody new.
describe('an update lets pass', () => {
  test('a time zone in a schedule, as long as the schedule stays', () => {
    const old = cron('TZ=Europe/Berlin 0 1 * * *');
    expect(judgeUpdate(old, cron('TZ=Europe/Berlin 0 1 * * *', ', suspend: true'))).toEqual([]);
    expect(judgeUpdate(old, cron('TZ=Europe/Paris 0 1 * * *'))).toEqual(['Invalid spec.schedule']);
  });

  test('an odd range of addresses that stood there before', () => {
    expect(judgeUpdate(network('10.0.0.01/8'), network('10.0.0.01/8', ', policyTypes: [Ingress]'))).toEqual(
      [],
    );
    expect(judgeUpdate(network('10.0.0.0/8'), network('10.0.0.01/8'))).not.toEqual([]);
  });

  test('a StatefulSet whose template was wrong before', () => {
    expect(judgeUpdate(stateful(''), stateful('', ', replicas: 2'))).toEqual([]);
    expect(judgeUpdate(stateful('i'), stateful(''))).not.toEqual([]);
  });
});

describe('an update does not let pass', () => {
  test('what a server has always refused', () => {
    const [old, next] = [1, 2].map((replicas) =>
      document('v1', 'ReplicationController', `spec: {replicas: ${-replicas}, selector: {a: b}}`),
    );
    if (old === undefined || next === undefined) throw new Error('no pair');
    expect(judgeUpdate(old, next)).toContain('Invalid spec.replicas');
  });
});
