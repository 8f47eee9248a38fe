import { credentialsInText } from './credentials-in-text.ts';
import { isPlaceholder, isSetting } from './not-secret.ts';

const login =
  /^[ \t]*(?:-[ \t]+)?["']?(?:access-token|client-key-data|client-secret|id-token|password|refresh-token|token)["']?:[ \t]*(.*)/gmu;

/** Whether a text is a kubeconfig whose users log in with nothing that is secret: no token, or a word in its place (`token: unused`). */
export function isKubeconfigWithoutLogin(text: string): boolean {
  if (!/^kind:\s*["']?Config\b/mu.test(text) || !/^clusters:/mu.test(text)) return false;
  const values = [...text.matchAll(login)].map(([, value = '']) =>
    value.trimEnd().replace(/^(["'])(.*)\1$/u, '$2'),
  );
  return values.every(isNothing) && credentialsInText(text).length === 0;
}

function isNothing(value: string): boolean {
  return isSetting(value) || isPlaceholder(value);
}
