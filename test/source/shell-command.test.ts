import { expect, it } from 'vitest';
import { shellCommands } from '../../src/source/shell-command.ts';

function commands(path: string, text: string): string[] {
  return shellCommands({ path, text }).map((command) => command.map((word) => word.text).join(' '));
}

it('splits a script into commands of words', () => {
  const script = [
    '#!/bin/sh',
    'kubectl get "deployment/web" -o json | jq . # kubectl get nothing',
    "if ! kubectl get ns 'shop' >/dev/null 2>&1; then echo no; fi",
    'kubectl rollout status \\',
    '  deployment/web',
    'pod=$(kubectl get pod web-0 -o name)',
  ].join('\n');
  expect(commands('deploy.sh', script)).toEqual([
    'kubectl get deployment/web -o json',
    'jq .',
    'if ! kubectl get ns shop',
    '/dev/null',
    '1',
    'then echo no',
    'fi',
    'kubectl rollout status deployment/web',
    'pod=$',
    'kubectl get pod web-0 -o name',
  ]);
});

it('joins the lines of PowerShell', () => {
  expect(commands('deploy.ps1', 'kubectl get `\r\n  deployment/web\r\n')).toEqual([
    'kubectl get deployment/web',
  ]);
});

it('leaves out words that a placeholder is part of', () => {
  expect(commands('a.sh', 'kubectl logs web-<hash> -n shop')).toEqual(['kubectl logs', '-n shop']);
});

it('reads the fences of Markdown that are for a shell, and no others', () => {
  const guide = [
    'Call `kubectl get pods`.',
    '```bash',
    'kubectl get svc',
    '```',
    '```yaml',
    'kubectl: get',
    '```',
    '1. first',
    '   ~~~',
    '   kubectl get cm',
    '   ```',
    '   ~~~',
    '````console',
    '```',
    '$ kubectl get ns',
    '````',
    '```sh',
    'kubectl get forever',
  ].join('\n');
  expect(commands('README.md', guide)).toEqual(['kubectl get svc', 'kubectl get cm', '$ kubectl get ns']);
});

it('knows where a word stands', () => {
  const text = "kubectl get 'svc/web' a\\\n b";
  const words = shellCommands({ path: 'a.sh', text })[0] ?? [];
  expect(words.map(({ start, end }) => text.slice(start, end))).toEqual([
    'kubectl',
    'get',
    'svc/web',
    'a',
    'b',
  ]);
});

it.each(['\u00a0', '\f', '"', "'", '\\', '`', '<', 'a"\n', '\\\n', '#', '```', '~~~~\n~~~'])(
  'comes to an end with %j',
  (text) => {
    expect(() => commands('a.sh', text.repeat(50))).not.toThrow();
    expect(() => commands('a.md', `\`\`\`\n${text.repeat(50)}\n\`\`\`\n`)).not.toThrow();
  },
);
