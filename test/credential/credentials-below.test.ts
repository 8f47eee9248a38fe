import { expect, it } from 'vitest';
import {
  credentialsAt,
  credentialsBelow,
  type FoundCredential,
} from '../../src/credential/credentials-below.ts';
import { type Mapping, type Path, type Value, valueAt } from '../../src/source/value.ts';

/** Each credential with the path to it: `auth.password=kettle`. */
function foundIn(object: Value, start: Path = []): string[] {
  return written(object, credentialsBelow(object as Mapping, start));
}

function written(object: Value, found: Iterable<FoundCredential>): string[] {
  return [...found]
    .map(({ path, within: { start: from, end } }) => {
      return `${path.join('.')}=${String(valueAt(object, path)).slice(from, end)}`;
    })
    .sort();
}

it.each<[object: Value, expected: readonly string[]]>([
  [{ password: 'kettle' }, ['password=kettle']],
  [{ title: 'kettle' }, []],
  [{ auth: { adminPassword: 'kettle' } }, ['auth.adminPassword=kettle']],
  [{ password: 123456 }, ['password=123456']],
  [{ password: true }, []],
  [{ password: null }, []],
  [
    { passwords: { password: ['kettle', 'tripod'] } },
    ['passwords.password.0=kettle', 'passwords.password.1=tripod'],
  ],
  [{ env: [{ name: 'DB_PASSWORD', value: 'kettle' }] }, ['env.0.value=kettle']],
  [{ env: [{ name: 'DB_USER', value: 'kettle' }] }, []],
  [{ env: [{ name: 1, value: 'kettle' }] }, []],
  [{ env: [{ name: 'DB_PASSWORD', other: 'kettle' }] }, []],
  [{ url: 'postgres://app:hunter22@db' }, ['url=hunter22']],
  // The words of a command, which are none where not all are strings.
  [{ args: ['app', '--password', 'kettle'] }, ['args.2=kettle']],
  [{ args: ['app', '--password', 'kettle', 1] }, []],
  // An identifier, and names of keys in a Secret.
  [{ accessKeyID: 'AKIA1234' }, []],
  [{ 'access-key-id': 'password=hunter22' }, []],
  [{ accessKey: '0f2a9c71d4be4c55' }, ['accessKey=0f2a9c71d4be4c55']],
  [{ secretName: 'orders', password: 'reader' }, []],
  [{ secretRef: { name: 'x' }, password: 'reader' }, []],
  [{ secretKeyRef: 'x', password: 'reader' }, []],
  [{ secretName: '', password: 'reader' }, ['password=reader']],
  [{ secretName: null, password: 'reader' }, ['password=reader']],
  [{ secretKeys: { password: 'reader' } }, []],
  [{ existingSecretKey: { password: 'reader' } }, []],
  [{ keyMapping: { password: 'reader' } }, []],
  [{ keyMappingOf: { password: 'reader' } }, ['keyMappingOf.password=reader']],
  [{ secretKeysOf: { password: 'reader' } }, ['secretKeysOf.password=reader']],
  [{ mysecretkeys: { password: 'reader' } }, ['mysecretkeys.password=reader']],
])('in %j are %j', (object, expected) => {
  expect(foundIn(object)).toEqual(expected);
});

it('below a field of which the key tells', () => {
  const object = { spec: { x: { password: ['kettle'] }, title: 'kettle' } };
  expect(foundIn(object, ['spec', 'x', 'password'])).toEqual(['spec.x.password.0=kettle']);
  expect(foundIn(object, ['spec', 'title'])).toEqual([]);
  expect(foundIn(object, ['spec', 'none'])).toEqual([]);
  expect(foundIn(['postgres://a:hunter22@b'], [0])).toEqual(['0=hunter22']);
  expect(foundIn([{ password: 'kettle' }], [0])).toEqual(['0.password=kettle']);
});

it.each<[path: Path, expected: readonly string[]]>([
  [['password'], ['password=kettle']],
  [['url'], ['url=hunter22']],
  [['title'], []],
  [['none'], []],
  [['env', 0, 'value'], ['env.0.value=kettle']],
  [['env', 0, 'name'], []],
  [['auth', 'password'], []],
  [['more', 'x'], ['more.x.password=kettle']],
  [['keys', 'secretKeys', 'password'], []],
  // All words of a command tell of each other.
  [['args', 1], ['args.2=kettle']],
])('at %j, by what stands beside it: %j', (path, expected) => {
  const object = {
    password: 'kettle',
    url: 'postgres://app:hunter22@db',
    title: 'kettle',
    env: [{ name: 'DB_PASSWORD', value: 'kettle' }],
    auth: { secretName: 'orders', password: 'reader' },
    more: { x: { password: 'kettle' } },
    keys: { secretKeys: { password: 'reader' } },
    args: ['app', '--password', 'kettle'],
  };
  expect(written(object, credentialsAt(object, path))).toEqual(expected);
});

it('in a number of any size', () => {
  expect(foundIn({ password: 12345678901234567890n })).toEqual(['password=12345678901234567890']);
});

it('more items than a call takes arguments', () => {
  expect(foundIn({ password: Array.from({ length: 200_000 }, () => 'a') })).toEqual([]);
});
