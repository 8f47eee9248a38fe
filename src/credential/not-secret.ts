import { isRandom } from './random-text.ts';
import { wordsOf } from './secret-name.ts';

/** Whether a text stands for a secret that is somewhere else: a variable, a template, an entry of a store, a ciphertext. */
export function isReference(text: string): boolean {
  return (
    /^(?:\$+[A-Za-z_{(]|&[a-z]+;$|[<`[{]|![A-Za-z_-]+(?:\s|$)|@(?:\/|[A-Za-z.]+\()|\(\(|%[A-Za-z_({]|ENC[[(]|Ag[A-D][A-Za-z0-9+/]|arn:|AWS::|projects\/[^/]+\/secrets\/)/u.test(
      text,
    ) ||
    /\$\{|\$\(|\{\{|<%|\{[A-Z_]+\}/u.test(text) ||
    /@azurekeyvault$/iu.test(text) ||
    // What is bound to a query, a regular expression.
    /^:[A-Za-z_]+$|^\^|\.[*+]|\.\{\d|\\[swSWdDb]|\[(?:\^|a-z|A-Z|0-9)/u.test(text) ||
    isAddressed(text)
  );
}

const resolvers: ReadonlySet<string> = new Set(
  'akv avp awssm azurekeyvault bao berglas bws cipher conjur consul credhub doppler enc encrypted env exec file gcpsm gsm infisical k8s keychain keyring keyvault kv lookup op openbao prompt ref secret secretref secretsmanager sealed sm sops ssm stdin vault'.split(
    ' ',
  ),
);

/** `op://…`, `vault:…`, `>>vault:…`, `ref+vault://…`: what a program resolves; an address with a password has a shape of its own. */
function isAddressed(text: string): boolean {
  const scheme = /^(?:>>)?([A-Za-z][A-Za-z0-9]{0,30})(?:[+.-][A-Za-z0-9+.-]{0,30})?:(\/\/)?/u.exec(text);
  if (scheme === null) return false;
  const name = (scheme[1] ?? '').toLowerCase();
  if (scheme[2] !== undefined || resolvers.has(name) || name.endsWith('ref')) return true;
  return /^[a-z]+:[a-z]+[:/]/u.test(text) && !isRandom(text);
}

/** Whether a text is a path, a file name, or a key that everybody may know. */
export function isPathOrPublic(text: string): boolean {
  return (
    /^(?:\.{0,2}\/|~\/|[A-Za-z]:\\|(?:ssh|ecdsa|sk-ssh)-[a-z0-9-]+ |-----BEGIN (?:CERTIFICATE|PUBLIC|RSA PUBLIC)|sha\d{3}[:-]|0x[0-9a-fA-F]{40}$|age1)/u.test(
      text,
    ) ||
    /^[\w./-]+\.(?:cer|conf|crt|csv|env|ini|json|jks|key|p12|pem|pfx|properties|pub|toml|txt|xml|ya?ml)$/iu.test(
      text,
    )
  );
}

/** Whole texts that switch, count or name a way to log in. */
const settings: ReadonlySet<string> = new Set(
  'allow allowed ask auto automatic basic bearer body boolean cert client client-secret client_secret client_secret_basic client_secret_post cookie default deny disable disabled empty enable enabled encrypted env external false file forbidden form gss hashed header hidden ident ignored inherit internal jwt keychain keyring ldap md5 n/a na never next nil no none null number oauth oauth2 object off on optional pam peer plain plaintext prompt query random required scram scram-sha-256 strict string stdin text true trust undefined unset user username vault yes'.split(
    ' ',
  ),
);

export function isSetting(text: string): boolean {
  const small = text.toLowerCase();
  return settings.has(small) || /^(?:\d+(?:\.\d+)?(?:[smhdw]|ms|[kmg]i?)?|[-~]|\[\]|\{\})$/u.test(small);
}

/** Words that only stand where a secret is still to be written, or was taken out. */
const placeholderWords: ReadonlySet<string> = new Set(
  'changeme dummy example fake fillin fixme goes here insert masked mock notset notused placeholder redacted removed replace replaceme sample snipped tbd todo unused yours your xxx xxxx'.split(
    ' ',
  ),
);

/** Whether a text holds the place of a secret: `xxxxxxxx`, `CHANGE_ME`, `your-password-here`, `PASSWORD`. */
export function isPlaceholder(text: string): boolean {
  if (new Set(text).size <= 2) return true;
  if (/^[A-Z]+(?:_[A-Z]+)*$/u.test(text)) return true;
  if (/^__.*__$|^@.*@$|^%.*%$|^#\{/u.test(text)) return true;
  if (/(?:change|replace)[-_ ]?(?:me|this)/iu.test(text)) return true;
  return wordsOf(text.slice(0, 200)).some((word) => placeholderWords.has(word));
}
