import { describe, expect, it } from 'vitest';
import { placesOfPlainSecrets, plainSecrets } from '../../src/credential/plain-secrets.ts';
import { type Mapping, type Path, valueAt } from '../../src/source/value.ts';

/** Each secret with the validation and the path that it is found by: `0 spec.containers.0.env.0.value=kettle`. */
function foundIn(object: Mapping): string[] {
  return plainSecrets(object).map(({ validation, path, within: { start, end } }) => {
    return `${validation} ${path.join('.')}=${String(valueAt(object, path)).slice(start, end)}`;
  });
}

const pod = (container: Mapping, list = 'containers'): Mapping => ({
  kind: 'Pod',
  spec: { [list]: [{ name: 'first' }, container] },
});
const env = { env: [{ name: 'DB_PASSWORD', value: 'kettle' }] };

describe('in a container', () => {
  it.each<[container: Mapping, expected: readonly string[]]>([
    [env, ['0 spec.containers.1.env.0.value=kettle']],
    [{ env: [{ name: 'TITLE', value: 'kettle' }] }, []],
    [{ env: [{ name: 1, value: 'postgres://a:hunter22@b' }] }, ['0 spec.containers.1.env.0.value=hunter22']],
    [{ env: [{ name: 'DB_PASSWORD', value: 123456 }] }, []],
    [{ env: [{ name: 'DB_PASSWORD', valueFrom: {} }] }, []],
    [{ env: env.env[0] as Mapping }, []],
    [{ args: ['--password', 'kettle'] }, ['1 spec.containers.1.args.1=kettle']],
    [{ command: ['app', '--password'], args: ['kettle'] }, ['1 spec.containers.1.args.0=kettle']],
    [{ command: ['mysql'], args: ['-phunter22'] }, ['1 spec.containers.1.args.0=hunter22']],
    [{ args: ['--password', 123456] }, ['1 spec.containers.1.args.1=123456']],
    [{ args: ['--password', null] }, []],
    [{ args: ['--url=postgres://a:hunter22@b'] }, ['1 spec.containers.1.args.0=hunter22']],
    [{ args: ['--password=hunter22'] }, ['1 spec.containers.1.args.0=hunter22']],
    ...['livenessProbe', 'readinessProbe', 'startupProbe'].map((probe): [Mapping, readonly string[]] => [
      { [probe]: { exec: { command: ['app', '--password', 'kettle'] } } },
      [`3 spec.containers.1.${probe}.exec.command.2=kettle`],
    ]),
    ...['postStart', 'preStop'].map((hook): [Mapping, readonly string[]] => [
      { lifecycle: { [hook]: { httpGet: { path: '/x?token=8f14e45fceea167a5a36' } } } },
      [`4 spec.containers.1.lifecycle.${hook}.httpGet.path=8f14e45fceea167a5a36`],
    ]),
    [{ livenessProbe: { httpGet: { path: 1 } } }, []],
    [
      { livenessProbe: { httpGet: { httpHeaders: [{ name: 'X-Api-Key', value: '8f14e45fceea167a5a36' }] } } },
      ['4 spec.containers.1.livenessProbe.httpGet.httpHeaders.0.value=8f14e45fceea167a5a36'],
    ],
    [{ livenessProbe: { httpGet: { httpHeaders: [{ name: 1, value: 'postgres://a:hunter22@b' }] } } }, []],
    [{ livenessProbe: { httpGet: { httpHeaders: [{ name: 'X-Password', value: 123456 }] } } }, []],
  ])('%j', (container, expected) => {
    expect(foundIn(pod(container))).toEqual(expected);
  });

  it.each(['containers', 'initContainers', 'ephemeralContainers'])('of %s', (list) => {
    expect(foundIn(pod(env, list))).toEqual([`0 spec.${list}.1.env.0.value=kettle`]);
  });

  it.each<[kind: string, at: Path]>([
    ['Pod', []],
    ['PodTemplate', ['template']],
    ['CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
    ['Deployment', ['spec', 'template']],
    ['Other', ['spec', 'template']],
  ])('of a %s, which is at one of the places that are said', (kind, at) => {
    const spec: Mapping = { spec: { containers: [env] } };
    const object = { ...at.reduceRight((inner: Mapping, step) => ({ [step]: inner }), spec), kind };
    const path = [...at, 'spec', 'containers', 0, 'env'];
    expect(foundIn(object)).toEqual([`0 ${path.join('.')}.0.value=kettle`]);
    expect(placesOfPlainSecrets).toContainEqual(path);
  });
});

it('the places are those of a container, of a ConfigMap, and the kind', () => {
  const places = placesOfPlainSecrets.map((path) => path.join('.'));
  for (const place of [
    'kind',
    'data',
    'binaryData',
    'spec.containers.0.command',
    'spec.initContainers.0.args',
    'spec.template.spec.ephemeralContainers.0.lifecycle.preStop',
    'template.spec.containers.0.livenessProbe',
  ])
    expect(places).toContain(place);
});

describe('in a ConfigMap', () => {
  it.each<[data: unknown, expected: readonly string[]]>([
    [{ password: 'kettle' }, ['2 data.password=kettle']],
    [{ 'app.env': 'a=b\nDB_PASSWORD=hunter22\n' }, ['2 data.app.env=hunter22']],
    [{ title: 'kettle', password: 123456 }, []],
    [['password=hunter22'], []],
    [undefined, []],
  ])('with the data %j', (data, expected) => {
    const found = plainSecrets({ kind: 'ConfigMap', data } as unknown as Mapping);
    const told = found.map(({ validation, path, within }) => {
      const text = String((data as Record<string, unknown>)[String(path[1])]);
      return `${validation} ${path.join('.')}=${text.slice(within.start, within.end)}`;
    });
    expect(told).toEqual(expected);
  });

  it.each<[key: string, value: unknown, isFound: boolean]>([
    ['a.env', btoa('DB_PASSWORD=hunter22'), true],
    ['a.env', ` ${btoa('DB_PASSWORD=hunter22').replace('U', 'U\n ')}\n`, true],
    ['a.env', `${btoa('DB_PASSWORD=hunter22')}!!!!`, false],
    ['a.env', `!!!!${btoa('DB_PASSWORD=hunter22')}`, false],
    ['a.env', btoa('DB_PASSWORD=hunter222').replaceAll('=', ''), true],
    ['a.env', `${btoa('DB_PASSWORD=hunter22').replaceAll('=', '')}AA`, false],
    ['a.env', btoa('TITLE=hunter22'), false],
    ['password', btoa('kettle'), true],
    ['password', 123456, false],
    ['a.env', btoa(`DB_PASSWORD=hunter22\n${' '.repeat(749_978)}`), true],
    ['a.env', btoa(`DB_PASSWORD=hunter22\n${' '.repeat(749_982)}`), false],
  ])('the file %s in base64', (key, value, isFound) => {
    const found = plainSecrets({ kind: 'ConfigMap', binaryData: { [key]: value } } as unknown as Mapping);
    const all = { validation: 2, path: ['binaryData', key], within: { start: 0, end: String(value).length } };
    expect(found).toEqual(isFound ? [all] : []);
  });

  it('nothing is found where files are no mapping, or in no ConfigMap', () => {
    expect(foundIn({ kind: 'ConfigMap', binaryData: [btoa('DB_PASSWORD=hunter22')] })).toEqual([]);
    expect(foundIn({ kind: 'Other', data: { password: 'kettle' } })).toEqual([]);
  });
});
