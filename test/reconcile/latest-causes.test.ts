import { expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';
import { fluxKustomization } from './discover-files.ts';

type Files = Readonly<Record<string, string>>;

function told(files: Files, only: readonly string[], ...wanted: readonly string[]): string[] {
  return lintFiles(files, { only })
    .findings.filter(({ severity }) => wanted.length === 0 || wanted.includes(severity))
    .map(({ severity, rule, span }) => `${severity} ${rule} ${span.file.path}`);
}

it('a cluster that applies itself has its own Kustomization as a patch next to it makes it', () => {
  const files = (fields: string): Files => ({
    'clusters/a/flux-system/kustomization.yaml':
      'resources: [gotk-sync.yaml]\npatches: [{ path: patch.yaml, target: { kind: Kustomization } }]\n',
    'clusters/a/flux-system/gotk-sync.yaml': fluxKustomization('flux-system', './clusters/a'),
    'clusters/a/flux-system/patch.yaml': `kind: Kustomization\nmetadata: { name: flux-system, namespace: flux-system }\nspec: { ${fields} }\n`,
    'clusters/a/secrets/kustomization.yaml': 'resources: [secret.yaml]\n',
    'clusters/a/secrets/secret.yaml':
      'apiVersion: v1\nkind: Secret\nmetadata: { name: login, namespace: flux-system }\nstringData: { key: "ENC[AES256_GCM,data:abc=,iv:abc=,tag:abc=,type:str]" }\nsops: { mac: "ENC[AES256_GCM,data:abc=,iv:abc=,tag:abc=,type:str]" }\n',
  });
  const only = ['decryption-missing'];
  expect(told(files('wait: false'), only)).toEqual([
    'error decryption-missing clusters/a/secrets/secret.yaml',
  ]);
  expect(told(files('decryption: { provider: sops }'), only)).toEqual([]);
});
