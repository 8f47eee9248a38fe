import { describe, expect, test } from 'vitest';
import {
  canonicalIp,
  cidrProblem,
  endpointIpProblem,
  ipProblem,
  isStrictSubset,
  maskedCidr,
  parseCidr,
  parseIp,
} from '../../../src/admit/validation/ip.ts';
import {
  configKey,
  dns1035Label,
  dns1123Label,
  dns1123Subdomain,
  portName,
  qualifiedName,
} from '../../../src/admit/validation/names.ts';
import { timeZoneProblem } from '../../../src/admit/validation/time-zone.ts';
import { cronProblem } from '../../../src/object/cron-schedule.ts';
import { isUnit, millis, parseQuantity, units } from '../../../src/object/quantity.ts';

describe('names', () => {
  test.each([
    [dns1123Label, ['a', '0-9', 'x'.repeat(63)], ['', 'A', '-a', 'a-', 'a.b', 'ä', 'x'.repeat(64)]],
    [dns1123Subdomain, ['a.b', '0.a-b'], ['', 'a..b', '.a', 'a_b', 'a.B']],
    [dns1035Label, ['a', 'a-1'], ['', '1a', 'a.b', 'a-']],
    [
      qualifiedName,
      ['a', 'a.b/C_d.e-f', 'example.com/x'],
      ['', '/a', 'a/', 'a/b/c', 'A.b/c', '-a', 'x'.repeat(64)],
    ],
    [portName, ['http', 'a-1', '1a'], ['', 'HTTP', '80', 'a--b', '-a', 'a-', 'sixteen-letters-']],
    [configKey, ['a', '.a', 'A_b-c.d'], ['', '.', '..', '..a', 'a/b', 'a b']],
  ])('%o', (rule, right, wrong) => {
    expect(right.filter((value) => rule(value) !== undefined)).toEqual([]);
    expect(wrong.filter((value) => rule(value) === undefined)).toEqual([]);
  });
});

describe('quantities', () => {
  test.each([
    ['100m', 100n],
    ['0.1', 100n],
    ['1', 1000n],
    ['1k', 1_000_000n],
    ['1Ki', 1_024_000n],
    ['1e3', 1_000_000n],
    ['1E', 1_000_000_000_000_000_000_000n],
    ['.5', 500n],
    ['1.', 1000n],
    ['-1', -1000n],
    [' 2 ', 2000n],
    ['1u', 1n],
    ['0.0000000001', 1n],
    [2, 2000n],
    [null, 0n],
  ])('%o is %o thousandths', (written, expected) => {
    const quantity = parseQuantity(written);
    expect(quantity === undefined ? undefined : millis(quantity)).toBe(expected);
  });

  test.each(['', 'one', '1 Gi', '1gi', '0x1', '1e', '--1', '1.2.3'])('%o is none', (written) => {
    expect(parseQuantity(written)).toBeUndefined();
  });

  test('beyond the largest integer they are all the same', () => {
    expect(parseQuantity('100E')?.nanos).toBe(parseQuantity('1e1000000')?.nanos);
  });

  test('whole units are rounded up, and units know themselves', () => {
    const half = parseQuantity('1500m');
    expect(half === undefined ? undefined : units(half)).toBe(2n);
    const isOne = (text: string) => isUnit(parseQuantity(text) ?? { nanos: 0n, format: 'decimal' });
    expect(['1', '1k', '1Mi', '1024Ki', '1000', '1000m'].filter(isOne)).toHaveLength(6);
    expect(['2', '1024', '1e3', '512Mi'].filter(isOne)).toEqual([]);
  });
});

describe('addresses', () => {
  test('strictness came with 1.36', () => {
    expect(
      ['10.0.0.1', '2001:db8::1', '::', '1:2:3:4:5:6:7:8', '::1.2.3.4'].filter(
        (ip) => ipProblem(ip, true) !== undefined,
      ),
    ).toEqual([]);
    expect(
      ['', '1.2.3', '256.1.1.1', 'a', ':::', '1::2::3', '12345::', '1:2:3:4:5:6:7'].filter(
        (ip) => ipProblem(ip, false) === undefined,
      ),
    ).toEqual([]);
    expect(
      ['010.0.0.1', '::ffff:10.0.0.1'].map((ip) => [ipProblem(ip, false), ipProblem(ip, true) !== undefined]),
    ).toEqual([
      [undefined, true],
      [undefined, true],
    ]);
  });

  test('blocks', () => {
    expect(
      ['10.0.0.0/8', '0.0.0.0/0', '10.0.0.1/32', '2001:db8::/32', '::/0'].filter(
        (cidr) => cidrProblem(cidr, true) !== undefined,
      ),
    ).toEqual([]);
    expect(
      ['10.0.0.0', '10.0.0.0/33', '10.0.0.0/a', '/8', '::/129'].filter(
        (cidr) => cidrProblem(cidr, false) === undefined,
      ),
    ).toEqual([]);
    expect(
      ['10.0.0.1/8', '2001:db8::1/64', '10.0.0.0/08'].filter((cidr) => cidrProblem(cidr, true) === undefined),
    ).toEqual([]);
    expect(maskedCidr('10.1.2.3/12')).toBe('10.0.0.0/12');
  });

  test.each([
    ['2001:DB8::1', '2001:db8::1'],
    ['2001:db8:0:0:0:0:0:1', '2001:db8::1'],
    ['::', '::'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
    ['fe80::0010', 'fe80::10'],
    ['10:0:0:1:10:0:0:1', '10::1:10:0:0:1'],
    ['10.0.0.1', '10.0.0.1'],
  ])('%s is written %s', (written, canonical) => {
    const parsed = parseIp(written);
    expect(parsed === undefined ? undefined : canonicalIp(parsed)).toBe(canonical);
  });

  test('a block inside another', () => {
    const inside = (inner: string, outer: string) => {
      const [a, b] = [parseCidr(inner), parseCidr(outer)];
      return a !== undefined && b !== undefined && isStrictSubset(a, b);
    };
    expect(inside('10.1.0.0/16', '10.0.0.0/8')).toBe(true);
    expect(inside('10.0.0.0/8', '10.0.0.0/8')).toBe(false);
    expect(inside('11.0.0.0/16', '10.0.0.0/8')).toBe(false);
    expect(inside('2001:db8:1::/48', '2001:db8::/32')).toBe(true);
    expect(inside('10.0.0.0/16', '::/0')).toBe(false);
  });

  test('where traffic cannot go', () => {
    const wrong = [
      '0.0.0.0',
      '127.0.0.1',
      '169.254.1.1',
      '224.0.0.1',
      '::',
      '::1',
      'fe80::1',
      'ff02::1',
      'x',
    ];
    expect(wrong.filter((ip) => endpointIpProblem(ip) === undefined)).toEqual([]);
    expect(
      ['10.0.0.1', '2001:db8::1', '224.0.1.1'].filter((ip) => endpointIpProblem(ip) !== undefined),
    ).toEqual([]);
  });
});

describe('schedules', () => {
  test('as robfig/cron reads them', () => {
    const right = [
      '* * * * *',
      '*/5 0-23/2 1,15 JAN-MAR sun',
      '0 0 ? * ?',
      ' 0  0 * * * ',
      '@daily',
      '@every 90s',
      '0 0 31 2 *',
      '5/15 * * * *',
    ];
    expect(right.filter((schedule) => cronProblem(schedule) !== undefined)).toEqual([]);
    const wrong = [
      '',
      '* * * *',
      '* * * * * *',
      '60 * * * *',
      '* 24 * * *',
      '* * 0 * *',
      '* * * 13 *',
      '* * * * 7',
      '5-1 * * * *',
      '*/0 * * * *',
      'a * * * *',
      '1-2-3 * * * *',
      '@reboot',
      '@every day',
      'TZ=UTC * * * * *',
      '*/5/5 * * * *',
      '-1 * * * *',
    ];
    expect(wrong.filter((schedule) => cronProblem(schedule) === undefined)).toEqual([]);
  });

  test('time zones, whose case counts', () => {
    expect(
      ['UTC', 'Europe/Berlin', 'US/Pacific', 'Etc/GMT+1', 'America/Port_of_Spain'].filter(
        (zone) => timeZoneProblem(zone) !== undefined,
      ),
    ).toEqual([]);
    expect(
      [
        '',
        'Local',
        'utc',
        'europe/berlin',
        'Europe/BERLIN',
        'Mars/Olympus',
        '+01:00',
        '../etc/passwd',
      ].filter((zone) => timeZoneProblem(zone) === undefined),
    ).toEqual([]);
  });
});
