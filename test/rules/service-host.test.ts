import { describe, expect, it } from 'vitest';
import { serviceHosts } from '../../src/workload/network/service-host.ts';

function hosts(text: string, variable = '', isFile = false): string[] {
  return serviceHosts({ text, variable, path: [] }, isFile).map(
    ({ name, namespace, port }) =>
      `${name}${namespace === undefined ? '' : `.${namespace}`}${port === undefined ? '' : `:${port}`}`,
  );
}

describe('hosts in a string', () => {
  it.each([
    ['http://orders:8080/v1', '', ['orders:8080']],
    ['redis://:secret@redis:6379/0', '', ['redis:6379']],
    ['postgres://user:pa55@db.shop:5432/x', '', ['db.shop:5432']],
    ['db-0.db.shop.svc.cluster.local:5432', '', ['db.shop:5432']],
    ['orders.shop.svc', '', ['orders.shop']],
    ['kafka-0:9092,kafka-1:9092', 'BOOTSTRAP_SERVERS', ['kafka-0:9092', 'kafka-1:9092']],
    ['--redis-addr=redis:6379', '', ['redis:6379']],
    ['redis', 'REDIS_HOST', ['redis']],
  ])('%s in %s', (text, variable, expected) => {
    expect(hosts(text, variable)).toEqual(expected);
  });

  it.each([
    ['https://api.kubernetes.io:8443/v1/x', ''],
    ['http://localhost:3128', 'PROXY_URL'],
    ['http://192.0.2.1:80', 'API_URL'],
    ['http://$(HOST):80', 'API_URL'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as a variable of Flux is written
    ['http://${HOST}:80', 'API_URL'],
    ['s3://bucket/key', 'BUCKET_URL'],
    ['nobody:1000', 'RUN_AS'],
    ['--user=nobody:1000', ''],
    ['all:8080', 'LISTEN_ADDR'],
    ['web', 'HOST'],
    ['info', 'LOG_LEVEL'],
  ])('none in %s of %s', (text, variable) => {
    expect(hosts(text, variable)).toEqual([]);
  });

  it('passes over comments of files, and takes only addresses of them', () => {
    const text = '# http://example:80\nurl: http://orders:8080\nname: redis:6379\n';
    expect(hosts(text, 'app.yaml', true)).toEqual(['orders:8080']);
  });

  it('reads a long text in a time that grows with its length', () => {
    expect(hosts('a.'.repeat(50_000))).toEqual([]);
    expect(hosts('http://'.repeat(20_000), '', true)).toEqual([]);
  });
});
