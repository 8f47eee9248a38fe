import { describe, expect, test } from 'vitest';
import { newBuildMemory } from '../../src/build/build-memory.ts';
import type { Report } from '../../src/report/report.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { withKnownBytes } from '../../src/source/remembered-files.ts';
import { lintFiles } from '../support/lint-files.ts';

const policy = (expression: string, messageExpression = '') => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: bomb}
spec:
  matchConstraints:
    resourceRules:
      - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}
  validations:
    - expression: ${JSON.stringify(expression)}
${messageExpression === '' ? '' : `      messageExpression: ${JSON.stringify(messageExpression)}\n`}---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: bomb}
spec: {policyName: bomb, validationActions: [Deny]}
`;

const configMap = (name: string, data = '{}') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: a}\ndata: ${data}\n`;

// A policy that does not compile is no rule that could be asked for.
const words = ({ findings }: Report) =>
  findings.flatMap(({ rule, message }) => (rule === 'rule-unknown' ? [] : [`${rule}: ${message}`]));
const ofCrds = ['invalid-value', 'not-admitted', 'yaml-syntax'];
const only = ['bomb', 'invalid-policy', ...ofCrds];

function judged(expression: string, data?: string): string[] {
  return words(lintFiles({ 'p.yaml': policy(expression), 'c.yaml': configMap('c', data) }, { only }));
}

// Each of these would be true, and say nothing, were there no budget.
describe('a policy that costs too much is stopped and told of', () => {
  const hundred = `[${Array.from({ length: 100 }, (_, index) => index).join(', ')}]`;
  test.each([
    ['loops in loops', `${hundred}.all(a, ${hundred}.all(b, ${hundred}.all(c, a + b + c >= 0)))`],
    ['strings that double', `['aaaaaaaaaaaaaaaa']${'.map(s, s + s)'.repeat(20)}[0].size() > 0`],
    ['replacements that grow', `'aaaaaaaaaa'${".replace('a', 'aaaaaaaaaa')".repeat(6)}.size() > 0`],
    ['lists that grow', `[1]${'.map(x, [x, x]).flatten()'.repeat(18)}.size() > 0`],
    [
      'formats',
      `'%s%s%s%s%s%s%s%s'.format(['${'x'.repeat(200)}', 1, 1, 1, 1, 1, 1, 1]).size() > 0 && ${hundred}.all(a, ${hundred}.all(b, ${hundred}.all(c, string(c).size() > 0)))`,
    ],
  ])('%s', (_, expression) => {
    const [first = '', ...others] = judged(expression);
    expect(others).toEqual([]);
    expect(first).toContain('the policy could not be evaluated: call cost limit exceeded');
  });

  test('a pattern on a long text', () => {
    const expression =
      "object.data.text.matches('^(a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a|a)*$') || true";
    expect(judged(expression, `{text: ${'a'.repeat(900_000)}}`)[0]).toContain('call cost limit exceeded');
  });

  test('a message', () => {
    const files = {
      'p.yaml': policy('false', `['aaaaaaaaaaaaaaaa']${'.map(s, s + s)'.repeat(20)}[0]`),
      'c.yaml': configMap('c'),
    };
    expect(words(lintFiles(files, { only }))).toEqual(['bomb: failed expression: false']);
  });

  test('over a thousand objects it checks no further ones, and says so', () => {
    const costly = `${hundred}.all(a, ${hundred}.all(b, ${hundred}.all(c, a + b + c >= 0)))`;
    const files = {
      'p.yaml': policy(costly),
      'c.yaml': Array.from({ length: 1000 }, (_, index) => configMap(`c${index}`)).join('---\n'),
    };
    const report = lintFiles(files, { only });
    expect(words(report)).toContain(
      'bomb: policy bomb exceeded its cost budget over all objects, and does not check further ones',
    );
    expect(report.exitCode).toBe(2);
  });
});

test('every run has budgets of its own, whatever it remembers of those before', () => {
  const hundred = `[${Array.from({ length: 100 }, (_, index) => index).join(', ')}]`;
  const files = {
    'p.yaml': policy(`${hundred}.all(a, ${hundred}.all(b, ${hundred}.all(c, a + b + c >= 0)))`),
    'c.yaml': Array.from({ length: 12 }, (_, index) => configMap(`c${index}`)).join('---\n'),
  };
  const fileSystem = withKnownBytes(memoryFileSystem(files), new Map());
  const options = { only, fileSystem, memory: newBuildMemory() };
  const first = words(lintFiles({}, options));
  expect(first.some((line) => line.includes('does not check further ones'))).toBe(true);
  expect(first.some((line) => line.includes('call cost limit exceeded'))).toBe(true);
  expect(words(lintFiles({}, options))).toEqual(first);
});

describe('what does not end in the type checker or the parser', () => {
  test.each([
    ['brackets', '('.repeat(20_000)],
    ['signs', `${'!'.repeat(50_001)}true`],
    ['a chain of fields', `object${'.a'.repeat(50_000)} == 1`],
    ['a chain of conditions', Array.from({ length: 20_000 }, () => 'true').join(' && ')],
    ['lists in lists', `${'['.repeat(3000)}${']'.repeat(3000)} == []`],
    ['loops in loops', `${'[1].all(x, '.repeat(2000)}true${')'.repeat(2000)}`],
    ['conditionals', `${'true ? '.repeat(3000)}true${' : false'.repeat(3000)}`],
    ['a pattern that repeats too often', "object.data.x.matches('((a{1000}){1000}){1000}')"],
  ])('%s', (_, expression) => {
    const found = judged(expression);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^(?:invalid-policy|bomb): /u);
  });

  test('types that hold themselves', () => {
    const steps = ".properties['a']".repeat(50);
    const text = policy(`object.spec.versions.all(v, v.schema.openAPIV3Schema${steps}.type != 'x')`)
      .replace('apiGroups: [""]', 'apiGroups: [apiextensions.k8s.io]')
      .replace('configmaps', 'customresourcedefinitions');
    expect(words(lintFiles({ 'p.yaml': text }, { only: [...only, 'expression-mistyped'] }))).toEqual([]);
  });

  test('conditions that fail in one another', () => {
    const failing = Array.from({ length: 60 }).reduce<string>(
      (inner) => `(${inner} || object.x)`,
      'object.x',
    );
    expect(judged(failing)).toHaveLength(1);
  });
});

const crd = (rules: string, items = '{type: integer}') => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: widgets, singular: widget, kind: Widget, listKind: WidgetList}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                items: {type: array, items: ${items}}
                text: {type: string}
${rules}`;

const widget = (name: string, spec: string) =>
  `apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: ${name}, namespace: a}\nspec: ${spec}\n`;
const many = `{items: [${Array.from({ length: 1500 }, (_, index) => index).join(', ')}]}`;
const rulesOf = (...rules: string[]) =>
  `              x-kubernetes-validations: [${rules.map((rule) => `{rule: ${JSON.stringify(rule)}}`).join(', ')}]\n`;
const squared = 'self.items.all(a, self.items.all(b, a + b >= 0))';

describe('a CRD is as hostile as a policy', () => {
  test('a rule that costs too much', () => {
    const files = { 'crd.yaml': crd(rulesOf(squared)), 'w.yaml': widget('w', many) };
    expect(words(lintFiles(files, { only: ofCrds }))).toEqual([
      expect.stringContaining('call cost limit exceeded'),
    ]);
  });

  test('rules that cost too much together', () => {
    const cubic = 'self.items.filter(i, i < 60).all(a, self.items.filter(i, i < 60).all(b, a + b >= 0))';
    const one = { 'crd.yaml': crd(rulesOf(cubic)), 'w.yaml': widget('w', many) };
    expect(words(lintFiles(one, { only: ofCrds }))).toEqual([]);
    const hundred = Array.from({ length: 100 }, (_, index) => `${cubic} || self.items.size() < ${index}`);
    const all = { 'crd.yaml': crd(rulesOf(...hundred)), 'w.yaml': widget('w', many) };
    expect(
      words(lintFiles(all, { only: ofCrds })).some((line) => line.includes('call cost limit exceeded')),
    ).toBe(true);
  });

  test('over many objects the rules of a kind are run no more, and that is said', () => {
    const widgets = Array.from({ length: 40 }, (_, index) => widget(`w${index}`, many)).join('---\n');
    const report = lintFiles({ 'crd.yaml': crd(rulesOf(squared)), 'w.yaml': widgets }, { only: ofCrds });
    expect(
      words(report).some((line) => line.includes('exceeded the cost budget over all objects of the kind')),
    ).toBe(true);
  });

  test.each([
    ['^(a+)+$', 'a'.repeat(50_000)],
    ['^(a|aa)+$', 'a'.repeat(50_000)],
    ['^(.*)*$', 'x'.repeat(50_000)],
  ])('the pattern %s takes linear time', (pattern, text) => {
    const schema = crd('').replace(
      'text: {type: string}',
      () => `text: {type: string, pattern: '${pattern}'}`,
    );
    const judge = (value: string) =>
      words(lintFiles({ 'crd.yaml': schema, 'w.yaml': widget('w', `{text: "${value}"}`) }, { only: ofCrds }));
    expect(judge(text)).toEqual([]);
    expect(judge(`${text}\\n!`)).toHaveLength(1);
  });

  test.each(['(a', '(?=a)', '\\\\1', '((a{1000}){1000}){1000}'])('%s is not a pattern', (pattern) => {
    const schema = crd('').replace(
      'text: {type: string}',
      () => `text: {type: string, pattern: "${pattern}"}`,
    );
    expect(words(lintFiles({ 'crd.yaml': schema }, { only: ofCrds }))).toHaveLength(1);
  });
});
