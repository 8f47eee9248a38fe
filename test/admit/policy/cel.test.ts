import { describe, expect, test } from 'vitest';
import { CelError } from '../../../src/admit/policy/cel-error.ts';
import { checkExpression } from '../../../src/admit/policy/check-expression.ts';
import { compileNode } from '../../../src/admit/policy/compile-expression.ts';
import { isExpressionProblem, parseExpression } from '../../../src/admit/policy/expression.ts';
import type { Node } from '../../../src/admit/policy/node.ts';
import { admissionNames } from '../../../src/admit/policy/request-type.ts';
import { type Activation, perCallLimit, rootScope } from '../../../src/admit/policy/scope.ts';
import { mappingOf } from '../../support/mapping-of.ts';

const object = mappingOf({
  replicas: 3,
  ratio: 0.5,
  empty: null,
  names: ['a', 'b'],
  labels: { app: 'web', team: 'a' },
  nested: [{ x: 1 }, {}],
});

function parsed(text: string): Node {
  const node = parseExpression(text);
  if (isExpressionProblem(node)) throw new Error(node.problem);
  return node;
}

function run(text: string): unknown {
  const activation: Activation = {
    spent: 0,
    limit: perCallLimit,
    resolve: (name) => (name === 'object' ? object : undefined),
    variable: () => undefined,
  };
  try {
    return compileNode(parsed(text))(rootScope(activation));
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    return error.message;
  }
}

function check(text: string): string | undefined {
  const context = { names: admissionNames({ hasParams: false }), result: 'any' } as const;
  return checkExpression(parsed(text), context)?.problem;
}

describe('true', () => {
  test.each([
    // Values of the object.
    'type(object.replicas) == int && type(object.ratio) == double',
    'has(object.empty) && object.empty == null && !has(object.missing) && has(object.labels.app)',
    'has(object.nested[0].x) && !has(object.nested[1].x)',
    "object.?labels.?app.orValue('') == 'web' && object.?a.?b.?c.orValue(1) == 1",
    "object.labels[?'team'].hasValue() && object.names[?5] == optional.none()",
    'object.?replicas.optMap(r, r + 1).value() == 4 && optional.of(1).optFlatMap(x, optional.none()) == optional.none()',
    "optional.ofNonZeroValue('') == optional.none() && optional.none().or(optional.of(2)).value() == 2",
    // Operators.
    '7 / 2 == 3 && -7 / 2 == -3 && 7 % 3 == 1 && -7 % 3 == -1',
    '1 < 2.5 && 3u > 2 && 2.0 >= 2 && dyn(1) == dyn(1.0) && dyn(1u) == dyn(1)',
    "'a' + 'b' == 'ab' && [1] + [2] == [1, 2] && b'a' + b'b' == b'ab'",
    "'app' in object.labels && 'a' in object.names && !('c' in object.names)",
    "{'a': 1}.a == 1 && {'a': [{'b': 2}]} == {'a': [{'b': 2}]} && dyn([1]) != dyn('a')",
    'false || true || object.nope && true || !(false && object.nope)',
    // Macros.
    'object.names.all(n, n != "") && object.names.exists(n, n == "b") && object.names.exists_one(n, n == "a")',
    'object.names.map(n, n == "a", n + "!") == ["a!"] && object.labels.map(k, k).size() == 2',
    "object.labels.exists(k, v, k == 'app' && v == 'web') && object.names.all(i, v, i < 2)",
    "object.names.transformMap(i, v, v + string(i)) == {0: 'a0', 1: 'b1'}",
    "object.labels.transformMapEntry(k, v, {v: k}) == {'web': 'app', 'a': 'team'}",
    '[3, 1, 2].sortBy(x, -x) == [3, 2, 1]',
    // Strings.
    "'héllo'.size() == 5 && 'tacocat'.indexOf('c', 3) == 4 && 'a😀b'.charAt(2) == 'b' && 'x'.charAt(1) == ''",
    "'a,b,c'.split(',', 2) == ['a', 'b,c'] && ['a', 'b'].join('-') == 'a-b' && 'abc'.substring(1, 2) == 'b'",
    "'TÄST'.lowerAscii() == 'tÄst' && 'hello hello'.replace('he', 'we', 1) == 'wello hello' && ' x '.trim() == 'x'",
    "'%s %d %.2f %x %b %o %%'.format(['a', 1, 2.5, 255, 5, 8]) == 'a 1 2.50 ff 101 10 %'",
    "'%s %s'.format([['a', 'b'], null]) == '[\"a\", \"b\"] null' && strings.quote('a\"b') == '\"a\\\\\"b\"'",
    "'abc 123'.find('[0-9]+') == '123' && 'a1b2'.findAll('[0-9]', 1) == ['1'] && 'x'.find('y') == ''",
    "'foobar'.matches('o+') && !'foobar'.matches('^o') && matches('a\\nb', '(?s)a.b')",
    // Conversions and times.
    "int('-5') == -5 && int(2.9) == 2 && double('1e3') == 1000.0 && uint('7') == 7u && bool('true') && string(1.5) == '1.5'",
    "string(duration('1h30m')) == '5400s' && duration('1.5s').getMilliseconds() == 1500 && duration('90m').getHours() == 1",
    "timestamp('2024-02-29T12:30:00Z').getMonth() == 1 && timestamp('2024-02-29T12:30:00Z').getDayOfMonth() == 28",
    "timestamp('2024-02-29T23:30:00Z').getHours('+02:00') == 1 && string(timestamp('2024-01-01T00:00:00+01:00')) == '2024-01-01T00:00:00+01:00'",
    "timestamp('2024-01-02T00:00:00Z') - timestamp('2024-01-01T00:00:00Z') == duration('24h')",
    // Lists and sets.
    '[1, 2].sum() == 3 && [2, 1].min() == 1 && [1.5, 2.5].max() == 2.5 && [[1], [2, 3]].flatten() == [1, 2, 3]',
    '[3, 1, 3].distinct() == [3, 1] && [1, 2, 3].slice(1, 3) == [2, 3] && lists.range(3) == [0, 1, 2] && [1, 2].last().value() == 2',
    "sets.equivalent([1, 2], [2, 1, 1]) && !sets.contains(['a'], ['b']) && sets.intersects([1], [1, 2])",
    // Quantities, versions.
    "quantity('1Gi').compareTo(quantity('1024Mi')) == 0 && quantity('500m').isLessThan(quantity('1')) && quantity('1e3') == quantity('1k')",
    "!isQuantity('1GiB') && !isQuantity('') && isQuantity('.5') && sign(quantity('1').sub(2)) == -1 && !quantity('1500m').isInteger()",
    "semver('1.2.3-rc.1').isLessThan(semver('1.2.3')) && !isSemver('1.2') && semver('v1.2', true).minor() == 2",
    // Networks.
    "ip('2001:db8::1') == ip('2001:DB8:0:0:0:0:0:1') && string(ip('2001:db8:0:0:1:0:0:1')) == '2001:db8::1:0:0:1' && !ip.isCanonical('::01')",
    "!isIP('1.2.3') && !isIP('01.2.3.4') && !isIP('::ffff:1.2.3.4') && ip('fe80::1').isLinkLocalUnicast() && ip('8.8.8.8').isGlobalUnicast()",
    "cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') && !cidr('10.0.0.0/16').containsCIDR('10.0.0.0/8') && string(cidr('10.1.2.3/8').masked()) == '10.0.0.0/8'",
    "url('https://user@a.b:8080/p/q?x=1&x=2#f').getPort() == '8080' && url('https://a.b/p?x=1&x=2').getQuery()['x'] == ['1', '2'] && !isURL('a b')",
    // Formats.
    "!format.dns1123Label().validate('web-1').hasValue() && format.dns1123Subdomain().validate('A.b').hasValue()",
    "format.named('uuid').value().validate('x').hasValue() && format.named('nope') == optional.none()",
  ])('%s', (expression) => {
    expect(check(expression)).toBeUndefined();
    expect(run(expression)).toBe(true);
  });
});

describe('errors', () => {
  test.each([
    ['object.nope', 'no such key: nope'],
    ['object.names[2]', 'index out of bounds: 2'],
    ['object.replicas + 1.5', 'no such overload'],
    ['1 / 0', 'division by zero'],
    ['1 % 0', 'modulus by zero'],
    ['-9223372036854775807 - 2', 'integer overflow'],
    ['0u - 1u', 'unsigned integer overflow'],
    ['optional.none().value()', 'optional.none() dereference'],
    ["'abc'.substring(2, 1)", 'invalid substring range. start: 2, end: 1'],
    ['object.names.all(n, object.nope)', 'no such key: nope'],
    ["['a', 'a'].transformMapEntry(i, v, {v: i})", 'insert failed: key a already exists'],
    ["quantity('1.5').asInteger()", 'cannot convert value to integer'],
  ])('%s: %s', (expression, message) => {
    expect(run(expression)).toBe(message);
  });
});

describe('what does not compile', () => {
  test.each([
    ['undefined(1)', "undeclared reference to 'undefined' (in container '')"],
    ['nope.spec', "undeclared reference to 'nope' (in container '')"],
    ['variables.nope', "undeclared reference to 'variables' (in container '')"],
    ['params.x', "undeclared reference to 'params' (in container '')"],
    ["'a' + 1", "found no matching overload for '_+_' applied to '(string, int)'"],
    ["'a'.startsWith(1)", "found no matching overload for 'startsWith' applied to 'string.(int)'"],
    ["[1, 'a']", "expected type 'int' but found 'string'"],
    ['cel.bind(x, 1, x == 1)', "undeclared reference to 'cel'"],
    ['math.greatest(1, 2) == 2', "undeclared reference to 'math'"],
    ['has(object)', 'invalid argument to has() macro'],
    ['[1].all(x, x)', "expected type 'bool' but found 'int'"],
    ["object.names.exists(n, n.matches('(?=a)'))", 'invalid matches argument'],
    ["true ? 1 : 'a'", "found no matching overload for '_?_:_' applied to '(bool, int, string)'"],
  ])('%s: %s', (expression, problem) => {
    expect(check(expression)).toContain(problem);
  });

  test.each([
    ["semver('1.2.3')", 33, 'semver needs Kubernetes 1.34, the target is 1.33'],
    ["isIP('::1')", 30, 'isIP needs Kubernetes 1.31'],
    ['object.labels.all(k, v, true)', 32, 'all with two variables needs Kubernetes 1.33'],
    ['[1].sort()', 34, 'sort needs Kubernetes 1.35'],
  ])('%s on 1.%i', (expression, kubernetesMinor, problem) => {
    const context = { names: admissionNames({ hasParams: false }), result: 'any' } as const;
    expect(checkExpression(parsed(expression), { ...context, kubernetesMinor })?.problem).toContain(problem);
    expect(checkExpression(parsed(expression), { ...context, kubernetesMinor: 35 })).toBeUndefined();
  });

  test('syntax errors have their offset', () => {
    expect(parseExpression('object.spec ==')).toMatchObject({ offset: 14 });
    expect(parseExpression('('.repeat(5000))).toHaveProperty('problem');
  });

  test('a long chain neither overflows the stack nor hangs', () => {
    const chain = Array.from({ length: 3000 }, (_, index) => `object.replicas != ${index + 10}`).join(' && ');
    const node = parseExpression(chain);
    expect(isExpressionProblem(node) || run(chain) === true).toBe(true);
  });
});
