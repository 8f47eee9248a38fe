import { recentTexts } from './recent-texts.ts';

/** What a name promises: a password may be any word, a key or token is random. */
export type SecretKind = 'password' | 'key';

const longestName = 128;

const passwords: ReadonlySet<string> = new Set([
  'pass',
  'passphrase',
  'passwd',
  'password',
  'passwort',
  'pwd',
  'pw',
  'requirepass',
  'masterauth',
]);

/** Words that are written together with what they belong to: `dbpassword`, `storepass`. */
const passwordEnds = ['password', 'passwd', 'passphrase'];
const owners = new Set(
  'admin auth basic bind db default key ldap mail master mysql redis root smtp store user'.split(' '),
);

const keys: ReadonlySet<string> = new Set(
  'credential credentials fernet jwt pat psk secret token'.split(' '),
);
const keyEnds = [
  'accesskey',
  'accountkey',
  'apikey',
  'privatekey',
  'secretkey',
  'signingkey',
  'secret',
  'token',
];

/** What makes a secret of a key: `api_key`, but not `key` or `partition_key`. */
const keyOwners = new Set(
  'access account admin api app auth client cookie deploy encryption fernet hmac jwt master private secret service session shared signing storage'.split(
    ' ',
  ),
);

/** What may follow without making something else of it: `passwordBase64`, `password_b64`, `DB_PASSWORD_PROD`, `password2`. */
const decorations = new Set(
  'b base dev encoded new old plain plaintext prod production raw staging value'.split(' '),
);

/** What makes a setting, a name or public knowledge of it: `resetPassword`, `existingSecret`, `PUBLIC_KEY`, `MAX_TOKEN`. */
const others = new Set(
  'allow disable disabled enable enabled existing forgot has hide is max min next page prev public require required reset show use'.split(
    ' ',
  ),
);

/** What servers pass on, which is no password: `proxy_pass`. */
const passed = new Set('by fastcgi grpc memcached proxy scgi uwsgi'.split(' '));

/** What a field, variable or option of this name holds, where that is a secret: the last word tells. */
export function secretKindOf(name: string): SecretKind | undefined {
  return name.length > longestName ? undefined : kindOfName(name);
}

// All objects have the same few thousand names.
const kindOfName = recentTexts((name): SecretKind | undefined => {
  const words = wordsOf(name);
  while (isDecoration(words.at(-1) ?? '')) words.pop();
  const last = words.at(-1) ?? '';
  if (words.some((word) => others.has(word))) return undefined;
  if (passwords.has(last)) return last === 'pass' && passed.has(words.at(-2) ?? '') ? undefined : 'password';
  if (isJoinedPassword(last)) return 'password';
  if (keys.has(last) || keyEnds.some((end) => last.endsWith(end))) return 'key';
  if (last === 'cookie') return words.at(-2) === 'erlang' ? 'password' : undefined;
  return last === 'key' && keyOwners.has(words.at(-2) ?? '') ? 'key' : undefined;
}, 200_000);

function isDecoration(word: string): boolean {
  return decorations.has(word) || /\d$/u.test(word);
}

function isJoinedPassword(word: string): boolean {
  if (passwordEnds.some((end) => word.endsWith(end))) return true;
  return (
    (word.endsWith('pass') && owners.has(word.slice(0, -4))) ||
    (word.endsWith('pw') && owners.has(word.slice(0, -2)))
  );
}

/** The words of a name in small letters, however they are joined: `DB_PASSWORD`, `dbPassword`, `db.password`. */
export function wordsOf(name: string): string[] {
  // Most names are small letters with something between them.
  return (/[A-Z]|\d(?![a-z0-9])/u.test(name) ? spaced(name) : name)
    .toLowerCase()
    .split(/[^a-z0-9]/u)
    .filter((word) => word !== '');
}

function spaced(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/gu, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/gu, '$1 $2')
    .replaceAll(/([A-Za-z])(?=\d+(?![A-Za-z0-9]))/gu, '$1 ');
}
