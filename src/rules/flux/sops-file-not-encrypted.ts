import { compileGoRegExp, type GoRegExp } from '../../build/go-regexp.ts';
import { joinPath } from '../../build/loader.ts';
import { credentialsInField } from '../../credential/credentials-in-field.ts';
import { isKubeconfigWithoutLogin } from '../../credential/kubeconfig-login.ts';
import { type NamedValue, namedValues } from '../../credential/named-values.ts';
import { isPlaceholder, isReference, isSetting } from '../../credential/not-secret.ts';
import { secretKindOf, wordsOf } from '../../credential/secret-name.ts';
import { knownOnce } from '../../object/known-once.ts';
import { originOfDocument } from '../../object/provenance.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import type { Document } from '../../source/document.ts';
import { hasAction, hasVariable } from '../../source/enclosed.ts';
import type { Sources } from '../../source/load.ts';
import { directoryOf } from '../../source/path.ts';
import { isMapping, isSequence, type Mapping, type Path, valueAt } from '../../source/value.ts';
import type { BuildRule } from '../rule.ts';

/** A file that SOPS is to encrypt and that was committed before it did, or of which it leaves the Secret in the clear. */
export const sopsFileNotEncrypted: BuildRule = {
  id: 'sops-file-not-encrypted',
  severity: 'error',
  scope: 'build',
  criterion: 'secrets',
  tags: ['flux', 'security'],
  judgesFiles: true,
  *judge({ inputs }, { sources }) {
    for (const path of inputs.filter((one) => mayHoldSecrets(one, sources)))
      for (const document of sources.load(path, 'kustomize').documents)
        yield* problemsIn(path, document, sources);
  },
};

const encryptedName = /\.sops\.(?:ya?ml|json)$/u;

// Most files hold none, whatever they say of Secrets, and need not be read once more.
function mayHoldSecrets(path: string, sources: Sources): boolean {
  if (encryptedName.test(path)) return true;
  return (
    /\.(?:ya?ml|json)$/u.test(path) && /kind["']?\s*:\s*["']?Secret\b/u.test(sources.file(path)?.text ?? '')
  );
}

function* problemsIn(path: string, { value, positions }: Document, sources: Sources): Iterable<RuleProblem> {
  if (!isMapping(value)) return;
  const at = (field: string): RuleProblem['at'] => [
    { value, origin: originOfDocument('resources', positions) },
    field,
  ];
  const [field] = dataFields(value).filter((one) => !isFilledIn(value, one));
  if (field === undefined) return;
  if (value['sops'] === undefined) {
    const reason = reasonToEncrypt(path, value, sources);
    if (reason === undefined) return;
    const problem = { at: at(field), message: `${path} ${reason}, but is in plain text here` };
    const encrypt = `run sops --encrypt --in-place ${path}`;
    if (
      dataFields(value).some((one) =>
        hasValue(value, one, (...named) => isConfidential(...named) && !isOfSettings(...named)),
      )
    )
      yield { ...problem, help: `${encrypt}, and rotate the committed secrets: they are exposed` };
    else yield { ...problem, severity: 'warning', help: `${encrypt}; no credential was recognized in it` };
  } else if (value['kind'] === 'Secret') {
    for (const plain of dataFields(value).filter((one) => isPlain(value, [one])))
      yield {
        at: at(plain),
        message: `SOPS encrypted ${path}, but nothing of ${plain}`,
        help: `name ${plain} in encrypted_regex of the creation rule, encrypt the file again, and rotate the committed secrets: they are exposed`,
      };
  }
}

function dataFields(value: Mapping): string[] {
  return ['stringData', 'data'].filter((field) => {
    const data = value[field];
    return isMapping(data) && Object.keys(data).length > 0;
  });
}

/** Whether all values are variables or words in brackets that somebody else fills in: lines of names, comments and headings may stand around them. */
function isFilledIn(value: Mapping, field: string): boolean {
  const data = value[field];
  if (!isMapping(data)) return false;
  return Object.values(data).every((text) => {
    if (typeof text !== 'string') return false;
    const rest = text.replaceAll(filledIn, '');
    return rest !== text && rest.split('\n').every((line) => framing.test(line.trim()));
  });
}

// Names are short, so that no bracket is looked for through all of a text.
const filledIn = /\$\{[^}]{1,200}\}|\{\{[^}]{1,200}\}\}|<[A-Z][A-Z0-9_]*>/gu;

const framing = /^(?:#.*|\[.*\]|[\w.-]*\s*[=:]?)$/u;

/** Names of values that a Secret holds beside its secrets. */
const openNames: ReadonlySet<string> = new Set(
  'address bucket database dbname email endpoint host hostname image login name namespace path port prefix project region repository schedule server size timezone type tz url user username version zone'.split(
    ' ',
  ),
);

/** What has an identifier that opens nothing by itself, as a client or a tenant has. */
const namedOwners: ReadonlySet<string> = new Set(
  'account app application client customer directory group object org organization project subscription team tenant user zone'.split(
    ' ',
  ),
);

function isOpenName(key: string): boolean {
  const [owner = '', last = ''] = wordsOf(key).slice(-2);
  return openNames.has(last || owner) || (last === 'id' && namedOwners.has(owner));
}

/** Whether anybody would want to encrypt a value: no variable, no placeholder, and not only where to log in as whom. */
function isConfidential(key: string, text: string): boolean {
  if (text === '' || hasVariable(text) || hasAction(text) || isSetting(text)) return false;
  if (!text.includes('\n') && isPlaceholder(text)) return false;
  if (isKubeconfigWithoutLogin(text) || isPublicKey(text)) return false;
  if (/:\/\/[^/\s:@]+:[^/\s@]+@/u.test(text)) return true;
  return !isOpenName(key) || credentialsInField(key, text).length > 0;
}

function hasValue(value: Mapping, field: string, isSo: (key: string, text: string) => boolean): boolean {
  const data = value[field];
  if (!isMapping(data)) return false;
  return Object.entries(data).some(([key, written]) => {
    if (typeof written !== 'string') return true;
    return isSo(key, (field === 'data' ? decoded(written) : written).trim());
  });
}

/** Whether a value is a file of settings in which nothing is named as a secret, or looks like one. */
function isOfSettings(key: string, text: string): boolean {
  if (!settingsBegin.test(text) || credentialsInField(key, text).length > 0) return false;
  return !text.split('\n').some((line) => [...namedValues(line)].some(isNamedSecret));
}

/** How a document of YAML or JSON, or a file of lines with names and values, begins. */
const settingsBegin =
  /^(?:(?:#(?!!).*|---.*|[ \t]*)\n)*(?:["']?[\w.-]{1,100}["']?[ \t]*[:=].*\n|\[[\w.-]+\][ \t]*\n|\{)/u;

function isNamedSecret({ name, value }: NamedValue): boolean {
  return (
    secretKindOf(name) !== undefined &&
    !isOpenName(name) &&
    value !== '' &&
    !isSetting(value) &&
    !isPlaceholder(value) &&
    !isReference(value)
  );
}

/** Public keys of SSH, one a line, and certificates or public keys in PEM: what anybody may have. */
function isPublicKey(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  if (lines.every((line) => /(?:^|\s)(?:ssh-(?:ed25519|rsa)|ecdsa-sha2-\S+|sk-\S+) AAAA/u.test(line)))
    return true;
  const kinds = [...text.matchAll(/-----BEGIN ([A-Z ]+)-----/gu)].map(([, kind = '']) => kind);
  return kinds.length > 0 && kinds.every((kind) => /^(?:PUBLIC KEY|CERTIFICATE)$/u.test(kind));
}

function decoded(text: string): string {
  try {
    return atob(text);
  } catch {
    return text;
  }
}

function reasonToEncrypt(path: string, value: Mapping, sources: Sources): string | undefined {
  if (!dataFields(value).some((field) => hasValue(value, field, isConfidential))) return undefined;
  if (encryptedName.test(path)) return 'is named as if it were encrypted with SOPS';
  if (value['kind'] !== 'Secret') return undefined;
  const rule = creationRuleFor(path, sources);
  return rule === undefined ? undefined : `matches ${rule.pattern} in ${rule.file}`;
}

/** Whether a field has values, none of them encrypted; SOPS leaves empty texts and, unless told otherwise, `…_unencrypted` as they are. */
function isPlain(value: Mapping, path: Path): boolean {
  const data = valueAt(value, path);
  if (!isMapping(data)) return false;
  const texts = Object.entries(data).filter(([key, text]) => text !== '' && !key.endsWith('_unencrypted'));
  return (
    texts.length > 0 && texts.every(([, text]) => !(typeof text === 'string' && text.startsWith('ENC[')))
  );
}

interface CreationRule {
  readonly file: string;
  readonly pattern: string;
  readonly expression: GoRegExp;
}

/**
 * The creation rule that SOPS 3 encrypts a file by: the first whose `path_regex` matches somewhere in the path below the directory
 * of `.sops.yaml`. One without `path_regex` is for whatever somebody encrypts, and asks for nothing to be encrypted.
 */
function creationRuleFor(path: string, sources: Sources): CreationRule | undefined {
  const known = creationRules(sources);
  for (let directory = directoryOf(path); ; directory = directoryOf(directory)) {
    const rules = known(directory);
    if (rules !== undefined) {
      const below = directory === '' ? path : path.slice(directory.length + 1);
      const rule = rules.find(({ expression }) => expression.test(below));
      return rule?.pattern === '' ? undefined : rule;
    }
    if (directory === '') return undefined;
  }
}

/** The creation rules that stand in a directory; undefined where there is no `.sops.yaml`. */
const creationRules = knownOnce((sources: Sources) => {
  const known = new Map<string, readonly CreationRule[] | undefined>();
  return (directory: string): readonly CreationRule[] | undefined => {
    if (!known.has(directory)) known.set(directory, readRules(directory, sources));
    return known.get(directory);
  };
});

function readRules(directory: string, sources: Sources): CreationRule[] | undefined {
  const file = joinPath(directory, '.sops.yaml');
  if (sources.fileSystem.kind(file) !== 'file') return undefined;
  const rules = valueAt(sources.load(file, 'api-server').documents[0]?.value, ['creation_rules']);
  if (!isSequence(rules)) return [];
  return rules.flatMap((rule) => {
    const pattern = valueAt(rule, ['path_regex']) ?? '';
    if (typeof pattern !== 'string') return [];
    const expression = compileGoRegExp(pattern);
    return 'problem' in expression ? [] : [{ file, pattern, expression }];
  });
}
