import { expect, it } from 'vitest';
import { isKubeconfigWithoutLogin } from '../../src/credential/kubeconfig-login.ts';

const kubeconfig = (user: string, kind = 'Config'): string =>
  `apiVersion: v1\nkind: ${kind}\nclusters:\n- name: a\nusers:\n- name: a\n  user:\n${user}`;

it.each([
  '',
  '    token: unused\n',
  '    token: "unused"\n',
  "    token: 'unused'\n",
  '    token: none  \n',
  '    token:  none\n',
  '    token: "none"\n',
  '    my-token: kettle\n',
  '    token:\n',
  '    token: ""\n',
  '    password: none\n    token: CHANGE_ME\n',
  '    - "token": unused\n',
  '    username: kettle\n',
  '    tokenFile: /run/token\n',
])('a kubeconfig with the user %j logs in with nothing', (user) => {
  expect(isKubeconfigWithoutLogin(kubeconfig(user))).toBe(true);
  expect(isKubeconfigWithoutLogin(kubeconfig(user, ' "Config"'))).toBe(true);
});

it.each([
  '    token: kettle\n',
  'token: kettle\n',
  '    -   token: kettle\n',
  '    token: n"one"\n',
  '    token: "non"e\n',
  '    token: xnonex\n',
  '    - token: kettle\n',
  '\ttoken:\tkettle\n',
  '    "token": kettle\n',
  '    token: unused\n    password: kettle\n',
  '    password: kettle\n    token: unused\n',
  ...['access-token', 'client-key-data', 'client-secret', 'id-token', 'refresh-token'].map(
    (name) => `    ${name}: kettle\n`,
  ),
  '    server: https://a:hunter22@b\n',
  "    token: 'kettle'\n",
])('one with the user %j logs in with something', (user) => {
  expect(isKubeconfigWithoutLogin(kubeconfig(user))).toBe(false);
});

it('nothing else is one', () => {
  expect(isKubeconfigWithoutLogin(kubeconfig('', 'Configuration'))).toBe(false);
  expect(isKubeconfigWithoutLogin(kubeconfig('').replace('kind', ' kind'))).toBe(false);
  expect(isKubeconfigWithoutLogin(kubeconfig('').replace('clusters', 'x'))).toBe(false);
  expect(isKubeconfigWithoutLogin(kubeconfig('').replace('clusters', ' clusters'))).toBe(false);
});
