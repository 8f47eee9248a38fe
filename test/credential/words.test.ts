import { describe, expect, it } from 'vitest';
import { isBlankCode, isNameCode, isWordCode } from '../../src/credential/characters.ts';
import { isPathOrPublic, isPlaceholder, isReference, isSetting } from '../../src/credential/not-secret.ts';
import { isPartOfWord } from '../../src/credential/part-of-word.ts';
import { hasInnerDigit, isRandom } from '../../src/credential/random-text.ts';
import { secretKindOf, wordsOf } from '../../src/credential/secret-name.ts';
import { isSecretValue, type ValuePlace } from '../../src/credential/secret-value.ts';
import { inTextOrder, standingAt } from '../../src/credential/standing-at.ts';

/** Those of words, which are written in one text, of which something is true. */
function those(words: string, isTrue: (word: string) => boolean): string[] {
  return words.split(' ').filter(isTrue);
}

/** Checks that something is true of all words of the first text, and of none of the second one. */
function expectOnly(isTrue: (word: string) => boolean, words: string, others: string): void {
  expect(those(words, isTrue)).toEqual(words.split(' '));
  expect(those(others, isTrue)).toEqual([]);
}

it('characters are of words, of names, or blank', () => {
  const all = Array.from({ length: 128 }, (_, code) => code);
  const written = (is: (code: number) => boolean): string => String.fromCharCode(...all.filter(is));
  const word = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
  expect(written(isWordCode)).toBe(word);
  expect(written(isNameCode)).toBe(`-.${word}`);
  expect(written(isBlankCode)).toBe('\t ');
});

it('the words of a name are told apart', () => {
  expect(wordsOf('DB_PASSWORD')).toEqual(['db', 'password']);
  expect(wordsOf('dbPassword')).toEqual(['db', 'password']);
  expect(wordsOf('db.pass-word')).toEqual(['db', 'pass', 'word']);
  expect(wordsOf('--x__y--')).toEqual(['x', 'y']);
  expect(wordsOf('DBPassword')).toEqual(['db', 'password']);
  expect(wordsOf('HTTPSTokenURL')).toEqual(['https', 'token', 'url']);
  expect(wordsOf('key2Value')).toEqual(['key', '2', 'value']);
  expect(wordsOf('password12')).toEqual(['password', '12']);
  expect(wordsOf('a1b')).toEqual(['a1b']);
  expect(wordsOf('password1_old')).toEqual(['password', '1', 'old']);
  expect(wordsOf('12_x')).toEqual(['12', 'x']);
  expect(wordsOf('')).toEqual([]);
});

describe('a name promises', () => {
  const passwords =
    'proxy_password pass passphrase passwd password passwort pwd pw requirepass masterauth dbpassword adminPasswd somePassphrase storepass rootpw smtppass DB_PASSWORD DB_PASSWORD_PROD passwordBase64 password2 password_b64_2 user.password erlang_cookie basicpass authpw keypass ldap_pass PASSWORD1_OLD password_b64 password1.new';
  const keys =
    'credential credentials fernet jwt pat psk secret token accesskey myaccountkey apikey myprivatekey secretkey signingkey clientsecret authtoken api_key ACCESS_KEY admin-key appKey auth_key client.key cookieKey deploy-key encryption_key hmacKey jwt_key masterKey private_key secret_key service_key sessionKey shared_key signing_key storage_key account_key fernet_key token_value';
  const nothing =
    'a key partition_key publicKey PUBLIC_KEY existingSecret resetPassword MAX_TOKEN min_token next_token hasPassword isToken pageToken prev_token usePassword show_password hide_token forgot_password allow_token disablePassword disabled_token enable_token enabled_token require_token required_token proxy_pass fastcgi_pass grpc_pass uwsgi_pass scgi_pass memcached_pass by_pass cookie my_cookie compass bypass tokens name passwords keyring base64 value sparepw glasspass password_2x';

  it('a password', () => {
    expectOnly((name) => secretKindOf(name) === 'password', passwords, `${keys} ${nothing}`);
  });

  it('a key', () => {
    expectOnly((name) => secretKindOf(name) === 'key', keys, `${passwords} ${nothing}`);
  });

  it('nothing', () => {
    expectOnly((name) => secretKindOf(name) === undefined, nothing, `${passwords} ${keys}`);
    expect(secretKindOf('')).toBeUndefined();
    expect(secretKindOf('--')).toBeUndefined();
    expect(secretKindOf(`${'x'.repeat(119)}_password`)).toBe('password');
    expect(secretKindOf(`${'x'.repeat(120)}_password`)).toBeUndefined();
    expect(secretKindOf('2')).toBeUndefined();
    expect(secretKindOf('x2')).toBeUndefined();
  });
});

describe('a text is made up', () => {
  it('where it changes often', () => {
    expectOnly(
      isRandom,
      '5f3c1d a1b2c3 q8Zr2L x7Q2n k9Zr2Lx7Vb1Kd9Wm4Tn6Yc3 8d3f6a1c-5b7e-4e29-9c14-2f6d8b0a7e35 ABCDEF01-5B7E-4E29-9C14-2F6D8B0A7E35 t0ken-s3cret a!b@c#defghijkl1 aBcDeFgHiJkLmNoPqRsTuVwX 0a1b2c3d x.q8Zr2L.y aaaaaaaaa1b1 12345678-1234-1234-1234-123456789012 xv1beta1 v1beta1x aaaBaaaBaaaBaaaBaaaB aaaaaBaaaaaBaaaaaBaaaaaBaaaaaB A1A1A1 9a9a9a aZaZa1'.replace(
        ' x7Q2n',
        '',
      ),
      'web-7m5fk2hd9t my-web-tls-7m5fk2hd9t v12beta1 aBcDeFgH aaaaBaaaaBaaaaBaaaaB aaaaaBaaaaaBaaaaaBaaaaaBaaaaaBa a!b@c#defghijklm a1b2c x7Q2n oauth2 v1beta1 v1alpha12 web-tls-7m5fk2hd9t database postgres12 abcdefghijklmnopqrstuvwx HelloWonderfulWorldOfManyThings 12345678 1234567890123456789012 t0ken-secret t0k a!b@c#defghijkl a!b@c#defghij1 aa!b@cdefghijkl1 Abcdef A1b2 aaaaaaaaaa1b1',
    );
    expect(isRandom('')).toBe(false);
    expect(isRandom('x12345678-1234-1234-1234-123456789012')).toBe(false);
    expect(isRandom('12345678-1234-1234-1234-1234567890123')).toBe(false);
    expect(isRandom('a!b@c#defghijk l1')).toBe(false);
    expect(isRandom('a!b@c#defghijk=l1')).toBe(false);
    expect(isRandom('5f3c1d words')).toBe(true);
  });

  it('or has digits in the place of letters', () => {
    expectOnly(hasInnerDigit, 't0ken a1bc pa55word xy7z', 'a1b token token1 1token t-0k4');
  });
});

describe('a text stands for a secret', () => {
  it('that is somewhere else', () => {
    expectOnly(
      isReference,
      '$X $x $_x ${x} $(x) $$x &lt; <x> `x` [x {x !Ref !Sub-x !x @/x @x.Y( ((x)) %X% %x% %(x) %{x} ENC[x ENC(x AgAx AgBx AgCx AgDx/+ arn:x AWS::x projects/x/secrets/y projects/shop/secrets/y x${y} x$(y) x{{y x<%y x{A_B} x@azurekeyvault x@AzureKeyVault :x_Y ^x x.*y x.+y x.{3} x\\s x\\w x\\S x\\W x\\D x\\d x\\b x[^y] x[a-z] x[A-Z] x[0-9] vault:x >>vault:x op://x ref+awsssm://x x.y://z myref:x kv:x K8S:x sops-x:y abc:def:x abc:def/x',
      '&lt;x !Ref1 :x-y Abc:def:x x $ $1 x$y &LT; x< x> x` @x (x) %1 ENC AgE AgEx AgB xarn:y AWS:x projects/x projects//secrets/ x{a} {{ xazurekeyvault :1 x^y x.y x.{y x\\x x[b] x:y >x:y vault 1vault:x abc:def abc:def-x abc:5f3c1d:x ABC:def:x'
        .replace(' x> x`', ' x>')
        .replace(' {{ ', ' '),
    );
    expect(isReference('!Ref x')).toBe(true);
    expect(isReference('x @azurekeyvault y')).toBe(false);
  });

  it('or for what everybody may know', () => {
    expectOnly(
      isPathOrPublic,
      '/x ./x ../x ~/x C:\\x c:\\x sha256:x sha512-x age1x x.cer x.conf x.crt x.csv x.env x.ini x.json x.jks x.key x.p12 x.pem x.pfx a/b-c.properties x.pub x.toml x.txt x.xml x.yaml x.yml X.YML',
      'x .../x ~x C:x 1:\\x sha25:x xsha256:x sha256 xage1 x.go x.yam xyml .xyml.x x.jsonx 0x12 ssh-rsa',
    );
    for (const text of [
      'ssh-rsa x',
      'ecdsa-sha2-nistp256 x',
      'sk-ssh-ed25519 x',
      '-----BEGIN CERTIFICATE',
      '-----BEGIN PUBLIC',
      '-----BEGIN RSA PUBLIC',
      `0x${'aB0'.repeat(13)}1`,
    ])
      expect(isPathOrPublic(text), text).toBe(true);
    for (const text of [
      '-----BEGIN PRIVATE',
      `0x${'a'.repeat(41)}`,
      `0x${'a'.repeat(39)}`,
      'x ssh-rsa x',
      'a b.yaml',
    ])
      expect(isPathOrPublic(text), text).toBe(false);
  });

  it('or for a setting', () => {
    expectOnly(
      isSetting,
      'true TRUE False none client_secret_post n/a scram-sha-256 1 12 1.5 30s 5m 2h 7d 1w 10ms 5k 5M 1gi 5Ki - ~ [] {} 1.25s',
      'truely x 1x 1.x .5 1.5.5 s ms 1mss -- [x] {x} x1 1ki2 trues 5xi',
    );
  });

  it('or where one is still to be written', () => {
    expectOnly(
      isPlaceholder,
      'xxxxxxxx ababab a PASSWORD DB_PASSWORD CHANGE_ME change-me Changeit-changeme xchangemex replace_this ReplaceMe changethis __x1y2__ @x1y2@ %x1y2% #{x1y2} your-password-here some-example x-DUMMY-y goesX-goes todo-1',
      'abc ababc Password DB_ DB__PASSWORD _DB DBpASS x__x1y2__ __x1y2_ __x1y2__z x@x1y2@ @x1y2@x %x1y2%x @x1y2 x1y2@ %x1y2 x%y1z2% x#{y1} #x1y2 changed hunter22 change--me exampled',
    );
    expect(isPlaceholder('')).toBe(true);
    expect(isPlaceholder(`${'abc '.repeat(50)}example`)).toBe(false);
    expect(isPlaceholder(`${'abc '.repeat(48)}example`)).toBe(true);
  });
});

it.each<[string, string, boolean]>([
  ['xpostgres', 'postgres', true],
  ['postgresql', 'postgres', true],
  ['postgres', 'postgres', false],
  ['a postgres b', 'postgres', false],
  ['mypostgres', 'postgres', true],
  ['my-postgres', 'postgres', true],
  ['my.postgres', 'postgres', true],
  ['my/postgres', 'postgres', false],
  ['-postgres', 'postgres', false],
  ['postgres-db', 'postgres', true],
  ['postgres.db', 'postgres', true],
  ['postgres/db', 'postgres', false],
  ['postgres-', 'postgres', false],
  ['postgres. x', 'postgres', false],
  ['accounts-db-config', 'accounts-db', true],
  ['a.b:c_dx', 'a.b:c_d', true],
  ['https://github.com/org/app', 'https://github.com/', true],
  ['https://github.com/org', 'https://github.com', true],
  ['github.com/org', 'github.com', false],
  ['https://github.com/ x', 'https://github.com', false],
  ['mysecret1', 'secret1', false],
  ['xAbCdEfGhIjKlMnOpQrStUvWy', 'AbCdEfGhIjKlMnOpQrStUvW', false],
  ['x-y z-y', '-y', false],
])('of %j the part %j is no word of its own: %j', (words, text, expected) => {
  expect(isPartOfWord(words, words.indexOf(text), text)).toBe(expected);
});

it('texts that stand at a place are found', () => {
  const sorted = inTextOrder(['b', 'abc', 'ab', 'a', 'abd', 'ab', 'ac', 'B', '']);
  expect(sorted).toEqual(['', 'B', 'a', 'ab', 'abc', 'abd', 'ac', 'b']);
  expect(standingAt(sorted, 'xabcd', 1)).toEqual(['', 'a', 'ab', 'abc']);
  expect(standingAt(sorted, 'xabd', 1)).toEqual(['', 'a', 'ab', 'abd']);
  expect(standingAt(sorted, 'b', 0)).toEqual(['', 'b']);
  expect(standingAt(sorted, 'Bx', 0)).toEqual(['', 'B']);
  expect(standingAt(sorted, 'ab', 1)).toEqual(['', 'b']);
  expect(standingAt(sorted, 'ab', 2)).toEqual(['']);
  expect(standingAt(sorted, 'zz', 0)).toEqual(['']);
  expect(standingAt(['abc'], 'abd', 0)).toEqual([]);
  expect(standingAt([], 'abd', 0)).toEqual([]);
});

describe('behind the name of a secret', () => {
  const isSecret = (kind: 'password' | 'key', text: string, place: ValuePlace = 'field'): boolean =>
    isSecretValue('some-name', kind, text, place);

  it.each<[string, 'password' | 'key', ValuePlace, readonly string[], readonly string[]]>([
    [
      'a password in a field is any word',
      'password',
      'field',
      [
        'ruth',
        ' ruth ',
        'ahornblatt',
        '123456',
        'changeit',
        'two oaks 1n the rain',
        'two  oaks  1n  the  rain',
        'two oaks1',
        '1orders-key',
        'orders-key1',
        `${'x'.repeat(4094)}yz`,
        'Orders-Key',
        'orders-things',
        'ordersKey',
      ],
      [
        'rut',
        '',
        '12345',
        '111111',
        'true',
        '$X',
        '/run/x',
        'some-name',
        'SOME_NAME',
        'CHANGE_ME',
        `${'x'.repeat(4095)}yz`,
        'orders-db-credentials',
        'web-tls',
        '123456s',
        '1.123456',
        'a_key',
        'a.b.token',
        'two oaks in the rain',
        'a b c d e 1n',
      ],
    ],
    [
      'a password in a text is no word',
      'password',
      'text',
      [
        'ruth1',
        'Wolken!bruch',
        'admin',
        'changeit',
        'postgres',
        'ab1cd',
        'two o4ks',
        '5f3c1d',
        'pa55word now',
      ],
      [
        'rut1',
        'ahornblatt',
        'Passwort:',
        'String!',
        'a.b/c_d-e',
        'd\u2019accord',
        'x\u0301yzabc',
        'two oaks2',
        'administrator',
        'toor:',
      ],
    ],
    [
      'a key is made up, or spelled oddly',
      'key',
      'field',
      ['5f3c1d', 'Schn33fall', 'SCHN33FALL', 'Schn33fa', 'Max-Schn33fall', 'Schav2eefall'],
      [
        '5f3c1',
        'a 1b',
        '123456',
        'schn33fall',
        'Schneefall',
        'X-Schn33fall',
        'x-Sch2eefall',
        'V2beta-Schneefall',
        'Sch2ee',
        'ahornblatt',
        'Schneefall2',
      ],
    ],
  ])('%s', (_, kind, place, secrets, others) => {
    expect(secrets.filter((one) => !isSecret(kind, one, place))).toEqual([]);
    expect(others.filter((one) => isSecret(kind, one, place))).toEqual([]);
  });
});
