import { expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

const secret = (value: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: {name: access}\nstringData:\n  user: ${value}\n`;
const service =
  'apiVersion: v1\nkind: Service\nmetadata: {name: airflow}\nspec:\n  selector: {app: airflow}\n  ports: [{port: 80}]\n';

function wordsFor(value: string): readonly string[] {
  return lintFiles({ 'a/secret.yaml': secret(value), 'a/service.yaml': service }, { profile: 'all' })
    .findings.filter(({ rule }) => rule === 'service-selects-nothing')
    .map(({ message }) => message);
}

it('leaves a secret that is the name of an object in messages, and no other one', () => {
  const message = 'Service airflow selects app=airflow, and no pod of its namespace has these labels';
  expect(wordsFor('airflow')).toEqual([message]);
  expect(wordsFor('these labels')).toEqual([message.replace('these labels', '••••••')]);
});
