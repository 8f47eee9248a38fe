import { expect, test } from 'vitest';
import { declaredSize } from '../../../src/admit/cost/declared-size.ts';
import { costOfAll, excess, highestCost } from '../../../src/admit/cost/rule-cost.ts';
import { compileExpression } from '../../../src/admit/policy/check-expression.ts';
import { isExpressionProblem, parseExpression } from '../../../src/admit/policy/expression.ts';
import { customType } from '../../../src/admit/policy/schema-type.ts';
import { wholeSchema } from '../../../src/schema/custom-kind.ts';
import { mappingOf } from '../../support/mapping-of.ts';

const schema = wholeSchema(
  mappingOf({
    type: 'object',
    required: ['s'],
    properties: {
      s: { type: 'string', maxLength: 5 },
      s2: { type: 'string', maxLength: 8 },
      su: { type: 'string' },
      en: { type: 'string', enum: ['a', 'bb', 'ccc'] },
      i: { type: 'integer' },
      d: { type: 'number' },
      b: { type: 'boolean' },
      l: { type: 'array', maxItems: 3, items: { type: 'string', maxLength: 5 } },
      lu: { type: 'array', items: { type: 'string' } },
      ln: { type: 'array', items: { type: 'integer' } },
      lo: {
        type: 'array',
        maxItems: 30,
        items: { type: 'object', required: ['x'], properties: { x: { type: 'string', maxLength: 3 } } },
      },
      o: { type: 'object', properties: { x: { type: 'string' } } },
      o2: { type: 'object', properties: { x: { type: 'string' } } },
      m: { type: 'object', maxProperties: 3, additionalProperties: { type: 'string', maxLength: 5 } },
      mu: { type: 'object', additionalProperties: { type: 'string' } },
      dt: { type: 'string', format: 'date-time' },
      du: { type: 'string', format: 'duration' },
      by: { type: 'string', format: 'byte' },
      ios: { 'x-kubernetes-int-or-string': true },
      nest: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            in1: {
              type: 'array',
              maxItems: 10,
              items: {
                type: 'object',
                properties: { in2: { type: 'array', items: { type: 'string', maxLength: 7 } } },
              },
            },
          },
        },
      },
    },
  }),
);

function cost(rule: string): number {
  const node = parseExpression(rule);
  const self = schema === undefined ? undefined : customType(schema, 'rule');
  const size = schema === undefined ? undefined : declaredSize(schema, false);
  if (isExpressionProblem(node) || self === undefined || size === undefined) throw new Error(rule);
  const names = new Map([
    ['self', self],
    ['oldSelf', self],
  ]);
  const compiled = compileExpression(node, { names, result: 'bool', kubernetesMinor: 36 });
  if ('problem' in compiled) throw new Error(compiled.problem);
  return highestCost(node, compiled.checker, size);
}

// What apiextensions-apiserver 0.36.3 estimates for each of these rules on this schema.
test.each([
  ["self.s == 'a'", 3],
  ['self.s != self.s2', 6],
  ['self.i > 1 && self.i < 5', 6],
  ["self.i == 1 || self.s.startsWith('a')", 5],
  ["self.s.matches('^[a-z]+$')", 8],
  ["self.su.matches('^[a-z]+$')", 629148],
  ['self.l.all(x, x.size() > 1)', 21],
  ['self.lu.all(x, x.size() > 1)', 6291453],
  ["self.lu.all(x, x.startsWith('abc'))", 5242878],
  ["self.l.exists(x, x == 'a')", 21],
  ["self.lo.all(x, x.x == 'a')", 183],
  ['self.lo.all(x, self.lo.exists_one(y, y.x == x.x))', 7413],
  ["self.lo.filter(x, x.x != '').size() < 2", 465],
  ["self.lo.map(x, x.x).all(y, y != '')", 554],
  ["self.lo.map(x, x.x).exists(y, y in ['a', 'b'])", 944],
  ["self.m.all(k, self.m[k] == 'a')", 27],
  ['self.mu.all(k, self.mu[k].contains(k))', 3145723],
  ["self.mu.exists(k, k.startsWith('x'))", 2359293],
  ["has(self.s) && self.s == 'x'", 4],
  ["!has(self.o) || self.o.x == 'a'", 6],
  ['self.l == self.lu', 5],
  ['self.lu == self.lu', 104862],
  ['self.m == self.mu', 5],
  ["self.s in ['a', 'b', 'c']", 15],
  ['self.s in self.lu', 1048579],
  ['self.s in self.mu', 5],
  ["self.?s.orValue('') == 'a'", 4],
  ["self.?o.?x.orValue('') == 'a'", 5],
  ['self.?s.optMap(v, v.size()).orValue(0) < 3', 21],
  ["self.?m.optFlatMap(v, v[?'k']).orValue('x') == 'x'", 20],
  ["self.l[0] == 'a'", 4],
  ["self.lo[0].x.startsWith('a')", 5],
  ["self.m['a'].startsWith('a')", 4],
  ['self.lu.isSorted()', 329854432052],
  ['self.ln.sum() > 1', 1572866],
  ['self.ln.max() > 1', 1572866],
  ["self.lu.max() == 'a'", 329854432053],
  ["self.lu.indexOf('a') > 1", 329854432053],
  ["self.su.indexOf('a') > 1", 314576],
  ['self.su.lowerAscii() == self.su.upperAscii()', 943723],
  ["self.su.replace('a', 'bb').size() > 1", 629150],
  ["self.su.replace('', 'bb').contains('x')", 1572866],
  ["self.su.split(',').all(x, x.size() > 1)", 19503505],
  ["self.su.split(',', 3).all(x, x == 'a')", 629161],
  ["self.su.substring(1).contains('abc')", 629148],
  ["self.su.trim() == ''", 314575],
  ["self.su.find('[a-z]+') == ''", 629148],
  ["self.su.findAll('[a-z]+').all(x, x == 'a')", 13212053],
  ["self.lu.join(',').size() < 5", 329853068907],
  ["self.lu.join().contains('abc')", 659705928092],
  ["url(self.su).getHost() == 'a'", 314577],
  ['isURL(self.su)', 3],
  ['isIP(self.su) && ip(self.su).family() == 4', 629152],
  ['cidr(self.su).containsIP(self.s)', 314583],
  ['cidr(self.su).containsCIDR(self.s)', 314586],
  ["quantity(self.su).isLessThan(quantity('1'))", 314577],
  ['quantity(self.su) == quantity(self.s)', 314580],
  ['isQuantity(self.su)', 314575],
  ['semver(self.su).major() == 1', 314577],
  ['format.dns1123Label().validate(self.su).hasValue()', 10066340],
  ["sets.contains(self.lu, ['a'])", 1048588],
  ['sets.equivalent(self.lu, self.l)', 6291455],
  ['sets.intersects(self.lu, self.lu)', 1099509530630],
  ['self.lu.distinct().size() == 1', 2199019061265],
  ['self.lu.sort() == self.lu', 2308970119186],
  ["self.l.sort()[0] == 'a'", 33],
  ["self.lu.slice(0, 3).all(x, x == 'a')", 29],
  ['self.lu.reverse() == self.l', 1048591],
  ['lists.range(10).all(x, x > 1)', 72],
  ["[[self.s], [self.su]].flatten().all(x, x == 'a')", 56],
  ["self.lu.all(i, x, x == 'a' && i > 1)", 7340028],
  ['self.mu.all(k, v, v == k)', 1966078],
  ["self.mu.transformList(k, v, v + k).all(x, x != '')", 123701900079],
  ["self.mu.transformMap(k, v, v + 'x') == self.mu", 123696434412],
  ['self.mu.transformMapEntry(k, v, {v: k}).size() > 1', 13369345],
  ["self.l.transformList(i, x, x != 'a', x).size() > 0", 60],
  ["self.s + self.s2 == 'ab'", 11],
  ['self.su + self.su == self.su', 943725],
  ['self.lu + self.lu == self.lu', 104865],
  ["(self.lu + self.l).all(x, x == 'a')", 4194318],
  ["self.i == 1 ? self.su == 'a' : self.lu.all(x, x == 'b')", 5242880],
  ["(self.i == 1 ? self.lu : self.l).all(x, x == 'a')", 4194305],
  ["(self.i == 1 ? ['a', 'bb'] : ['c']).all(x, x == 'a')", 21],
  ["[self.s, self.su].all(x, x.startsWith('a'))", 25],
  ["['a', 'b'].all(x, self.su.contains(x))", 23],
  ["{'a': self.su, 'b': 'c'}.all(k, k == 'a')", 41],
  ["{'a': self.su}['a'] == 'b'", 34],
  ["[self.su][0] == 'b'", 14],
  ['[1, 2, 3].all(x, x > 0)', 26],
  ['[1, 2, 3].map(x, x * 2).filter(y, y > 2).size() == 1', 121],
  ["'%s-%d'.format([self.su, self.i]) == ''", 15],
  ["self.su.format([self.i]) == ''", 314587],
  ["string(self.i) == '1'", 4],
  ['int(self.su) == 1', 4],
  ["string(self.by) == 'a'", 314576],
  ['bytes(self.su) == self.by', 629150],
  ['self.by.size() == 1', 4],
  ["self.by == b'a'", 3],
  ["self.dt > timestamp('2024-01-01T00:00:00Z')", 4],
  ['self.dt == self.dt', 8],
  ["self.du > duration('1s')", 4],
  ['self.d > 1.0', 3],
  ['self.b', 2],
  ['!self.b || self.b', 5],
  ['self.ios == 1', 3],
  ["type(self.ios) == string && self.ios.matches('a')", 314579],
  ["dyn(self.su) == 'a'", 4],
  ["dyn(self.lu).all(x, x == 'a')", 4194304],
  ['self.su < self.s', 6],
  ["self.su > 'a'", 3],
  ["self.en == 'a'", 3],
  ["self.en.matches('^a+$')", 3],
  ["self.nest.all(x, x.in1.all(y, y.in2.all(z, z == 'a')))", 54975545737203],
  ['self.nest.map(x, x.in1.map(y, y.in2)).size() == 0', 173014890],
  ["self.nest.exists(x, x.in1.exists(y, y.in2.size() == 0 || y.in2[0] == 'b'))", 133169028],
  ['optional.of(self.su).hasValue()', 4],
  ["optional.ofNonZeroValue(self.su).orValue('') == 'a'", 5],
  ["self.lu.first().orValue('') == 'a'", 5],
  ['[?self.?s].size() == 1', 14],
  ["{?'a': self.?su}.size() == 1", 34],
  ['-self.i == 1', 4],
  ['self.i + self.i * 2 / 3 % 4 == 1', 9],
  ["self.lu.exists_one(x, x == 'a')", 4194304],
  ["self.lu.filter(x, x == 'a').map(y, y + 'b').exists(z, z.contains('c'))", 35651575],
  ["self.lu.map(x, x == 'a', x + 'b').size() > 1", 329869112115],
  ['self.su.size() > 1 && self.lu.size() > 1', 8],
  ['size(self.mu) > 1', 4],
  ["self.mu.map(k, self.mu[k]).exists(v, v == 'a')", 8257529],
  ["strings.quote(self.su) == 'a'", 314576],
  ["self.su.charAt(1) == 'a'", 4],
  ['self.dt.getFullYear() > 1', 4],
  ["google.protobuf.Duration{seconds: self.i} > duration('1s')", 44],
  ['oldSelf.su == self.su', 314577],
  ['oldSelf.lu.all(x, x in self.lu)', 1099515822078],
  ['self == oldSelf', 2],
  ['self.lu.all(x, self.l.exists(y, y == x) || self.mu.exists(k, k == x))', 2473927114728],
])('%s', (rule, expected) => {
  expect(cost(rule)).toBe(expected);
});

test('what nothing bounds costs more than any server allows', () => {
  expect(cost('self.lu.exists(x, self.lu.exists(y, x == y))')).toBeGreaterThan(1e12);
});

test('a rule below a list costs as often as the list may have items', () => {
  const size = { minSerialized: 2, maxElements: 0 };
  expect(costOfAll(10, size, 300)).toBe(3000);
  expect(costOfAll(10, size, undefined)).toBe(10_485_760);
});

test('the excess is reported as the server tells it', () => {
  expect([1e9, 1.2e7, 1.5e7, 5e9].map((value) => excess(value, 1e7))).toEqual([
    '100.0x',
    '1.200000x',
    '1.5x',
    'more than 100x',
  ]);
});
