import { isMapping, isSequence, type Mapping, type Path, type Value, valueAt } from '../../source/value.ts';

/** Credentials below a field: what stands under a telling key, behind a telling `name` as its `value`, or has the shape of one. */
export function* credentialsBelow(object: Mapping, start: Path): Iterable<Path> {
  const left: { readonly value: Value | undefined; readonly path: Path }[] = [
    { value: valueAt(object, start), path: start },
  ];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { value, path } = next;
    if (isSequence(value))
      left.push(...value.map((item, index) => ({ value: item, path: [...path, index] })));
    else if (isMapping(value)) {
      if (namesSecret(value)) continue;
      left.push(...Object.keys(value).map((key) => ({ value: value[key], path: [...path, key] })));
      if (isCredential(value['name'], value['value'])) yield [...path, 'value'];
    } else if (isCredential(path.at(-1), value)) yield path;
  }
}

/** Whether a mapping names a Secret, so that its other texts are keys of that: `secretName: orders, password: reader`. */
function namesSecret(value: Mapping): boolean {
  return ['secretName', 'secretRef', 'secretKeyRef'].some((field) => (value[field] ?? '') !== '');
}

// `existingSecret` and the like name a Secret, which is as it should be.
const secretKey =
  /(?:^|[a-z_./-])(?:password|passwd|passphrase|token|(?:api|access|private)[_.-]?key|client[_.-]?secret)$/iu;
const nameOfSomething = /existing|(?:^|[a-z])(?:name|ref|path|file|url|type)$/iu;

/** Switches, numbers, paths, and what another program puts a secret in place of: variables, templates, entries of a store, ciphertexts. */
const notItself =
  /^(?:\$|\/|<|ENC\[|\{cipher\}|(?:>>)?vault:|(?:secret)?ref\+|avp:|arn:aws|(?:op|sm|gcpsm|awssm|berglas|secretsmanager|azurekeyvault|keyvault|env|file):\/\/)|^(?:true|false|none|null|enabled|disabled|required|optional|\d+(?:\.\d+)?[smhd]?)$|\$\{|\$\(|\{\{|\s|@azurekeyvault$/iu;

/** Whether a text looks like a credential, by its shape or by the key that it stands under. */
export function isCredential(key: Value | undefined, value: Value | undefined): boolean {
  if (typeof value !== 'string' || value.length < 6) return false;
  if (shape.test(value)) return true;
  return (
    typeof key === 'string' && secretKey.test(key) && !nameOfSomething.test(key) && !notItself.test(value)
  );
}

/** Keys of Google, tokens of GitHub, GitLab, Slack and Stripe, JSON web tokens, private keys, and addresses with a password. */
const shape =
  /\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_[A-Za-z0-9_]{22}|\bglpat-[A-Za-z0-9_-]{20}|\bxox[abprs]-[A-Za-z0-9-]{10}|\bsk_live_[A-Za-z0-9]{10}|\bAIza[A-Za-z0-9_-]{35}|\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8}|-----BEGIN [A-Z ]*PRIVATE KEY-----|\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@$<>{}]+:[^\s/:@$<>{}]{4,}@/u;
