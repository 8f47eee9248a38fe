import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { writeBaseline } from '../../src/report/finding/baseline.ts';
import { sarifReport } from '../../src/report/machine/sarif.ts';
import type { Finding, Report } from '../../src/report/report.ts';
import { ruleFacts } from '../../src/run/rule-facts.ts';
import { rulePages } from '../../src/run/rule-pages.ts';
import { hostileReport, textsIn } from '../support/hostile-report.ts';
import { lintFiles } from '../support/lint-files.ts';

const pages = rulePages();
const text = {
  type: 'object',
  required: ['text'],
  additionalProperties: false,
  properties: { text: { type: 'string', minLength: 1 } },
};
const place = {
  type: 'object',
  required: ['artifactLocation', 'region'],
  additionalProperties: false,
  properties: {
    artifactLocation: {
      type: 'object',
      required: ['uri'],
      additionalProperties: false,
      // A relative reference of RFC 3986: no scheme, no leading slash, percent-encoded.
      properties: { uri: { type: 'string', pattern: "^(?![a-z]+:|/)[A-Za-z0-9._~!'()*/%-]+$" } },
    },
    region: {
      type: 'object',
      required: ['startLine', 'startColumn', 'endLine', 'endColumn'],
      additionalProperties: { type: 'integer', minimum: 1 },
    },
  },
};

/** What SARIF 2.1.0 (3.13 onwards) says of the properties that we write; anything else is refused. */
const isSarif = new Ajv({ strict: false }).compile({
  type: 'object',
  required: ['$schema', 'version', 'runs'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    version: { const: '2.1.0' },
    runs: {
      type: 'array',
      minItems: 1,
      maxItems: 1,
      items: {
        type: 'object',
        required: ['tool', 'results', 'columnKind', 'invocations'],
        additionalProperties: false,
        properties: {
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          automationDetails: {
            type: 'object',
            additionalProperties: false,
            properties: { id: { type: 'string' } },
          },
          tool: {
            type: 'object',
            required: ['driver'],
            additionalProperties: false,
            properties: {
              driver: {
                type: 'object',
                required: ['name', 'rules'],
                additionalProperties: false,
                properties: {
                  name: { type: 'string' },
                  version: { type: 'string' },
                  informationUri: { type: 'string', pattern: '^https://' },
                  semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' },
                  rules: {
                    type: 'array',
                    uniqueItems: true,
                    items: {
                      type: 'object',
                      required: ['id'],
                      additionalProperties: false,
                      properties: {
                        id: { type: 'string' },
                        shortDescription: text,
                        fullDescription: text,
                        helpUri: { type: 'string', pattern: '^https://' },
                        defaultConfiguration: {
                          type: 'object',
                          required: ['level'],
                          additionalProperties: false,
                          properties: { level: { enum: ['none', 'note', 'warning', 'error'] } },
                        },
                        properties: {
                          type: 'object',
                          required: ['tags'],
                          additionalProperties: false,
                          properties: {
                            tags: {
                              type: 'array',
                              uniqueItems: true,
                              maxItems: 10,
                              items: { type: 'string' },
                            },
                            'problem.severity': { enum: ['error', 'warning', 'recommendation'] },
                            'security-severity': { type: 'string', pattern: '^(?:10|\\d)\\.\\d$' },
                          },
                        },
                        help: {
                          type: 'object',
                          required: ['text'],
                          additionalProperties: false,
                          properties: { text: { type: 'string' }, markdown: { type: 'string' } },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
          invocations: {
            type: 'array',
            items: {
              type: 'object',
              required: ['executionSuccessful'],
              additionalProperties: false,
              properties: {
                executionSuccessful: { type: 'boolean' },
                toolExecutionNotifications: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['message'],
                    additionalProperties: false,
                    properties: { level: { enum: ['none', 'note', 'warning', 'error'] }, message: text },
                  },
                },
              },
            },
          },
          results: {
            type: 'array',
            items: {
              type: 'object',
              required: ['ruleId', 'ruleIndex', 'level', 'message', 'locations', 'partialFingerprints'],
              additionalProperties: false,
              properties: {
                ruleId: { type: 'string' },
                ruleIndex: { type: 'integer', minimum: 0 },
                level: { enum: ['none', 'note', 'warning', 'error'] },
                message: text,
                locations: {
                  type: 'array',
                  minItems: 1,
                  maxItems: 1,
                  items: {
                    type: 'object',
                    additionalProperties: false,
                    properties: {
                      physicalLocation: place,
                      logicalLocations: {
                        type: 'array',
                        items: {
                          type: 'object',
                          additionalProperties: false,
                          properties: { kind: { type: 'string' }, fullyQualifiedName: { type: 'string' } },
                        },
                      },
                    },
                  },
                },
                relatedLocations: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['id', 'physicalLocation', 'message'],
                    additionalProperties: false,
                    properties: {
                      id: { type: 'integer', minimum: 1 },
                      physicalLocation: place,
                      message: text,
                    },
                  },
                },
                partialFingerprints: { type: 'object', additionalProperties: { type: 'string' } },
                baselineState: { enum: ['new', 'unchanged', 'updated', 'absent'] },
                suppressions: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['kind'],
                    additionalProperties: false,
                    properties: {
                      kind: { enum: ['inSource', 'external'] },
                      justification: { type: 'string' },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
});

interface Run {
  readonly tool: { driver: { rules: { id: string; help?: { text: string; markdown: string } }[] } };
  readonly invocations: {
    executionSuccessful: boolean;
    toolExecutionNotifications?: { message: { text: string } }[];
  }[];
  readonly results: Record<string, unknown>[];
}

function runOf(report: Report): Run {
  const sarif: unknown = JSON.parse(sarifReport(report, pages, ruleFacts()));
  isSarif(sarif);
  expect(isSarif.errors).toBeNull();
  return (sarif as { runs: [Run] }).runs[0];
}

const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      image: web:latest\n      imagee: x\n`;

const service =
  'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {selector: {app: a}, ports: [{port: 80}]}\n';

describe('SARIF', () => {
  it('has rules with help, and results that point to them', () => {
    const { tool, results } = runOf(
      lintFiles({ 'pod.yaml': pod }, { only: ['image-not-pinned', 'unknown-field'] }),
    );
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(['image-not-pinned', 'unknown-field']);
    const [help] = tool.driver.rules.map((rule) => rule.help);
    expect(help?.markdown).toContain('## Bad');
    expect(help?.text).toContain('An image has no tag');
    for (const result of results) {
      expect(tool.driver.rules[result['ruleIndex'] as number]?.id).toBe(result['ruleId']);
      expect(result['partialFingerprints']).toMatchObject({
        primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{32}:1$/u),
      });
    }
  });

  it('has the layers of a value as related locations', () => {
    const files = {
      'base/kustomization.yaml': 'resources: [pod.yaml]\n',
      'base/pod.yaml': pod.replace('latest', '1.0.0'),
      'prod/kustomization.yaml': 'resources: [../base]\nimages: [{name: web, newTag: latest}]\n',
    };
    const { results } = runOf(lintFiles(files, { only: ['image-not-pinned'] }));
    expect(results).toHaveLength(1);
    const related = results[0]?.['relatedLocations'] as {
      physicalLocation: { artifactLocation: { uri: string } };
    }[];
    expect(related.map((one) => one.physicalLocation.artifactLocation.uri)).toContain('base/pod.yaml');
  });

  it('names the layers in the message, where GitHub makes links of them', () => {
    const files = {
      'base/kustomization.yaml': 'resources: [pod.yaml]\n',
      'base/pod.yaml': pod.replace('latest', '1.0.0'),
      'prod/kustomization.yaml': 'resources: [../base]\nimages: [{name: web, newTag: latest}]\n',
    };
    const { results } = runOf(lintFiles(files, { only: ['image-not-pinned'] }));
    const message = results[0]?.['message'] as { text: string };
    expect(message.text).toMatch(/\nLayers: \[[^\]]*\(base\/pod\.yaml:7\)\]\(1\)$/u);
  });

  it('leads from each finding of a cause to the first of them', () => {
    const files = Object.fromEntries(
      ['a', 'b', 'c'].map((name) => [`${name}.yaml`, pod.replace('name: web}', `name: ${name}}`)]),
    );
    const { results } = runOf(lintFiles(files, { only: ['image-not-pinned'] }));
    const texts = results.map(({ message }) => (message as { text: string }).text.split('\n').at(-1));
    expect(texts[0]).toBe('One cause with 2 other findings: An image has no tag, or a tag that moves');
    expect(texts[1]).toBe(`${texts[0]}; the first is at [a.yaml:7](1)`);
    expect(results[0]).not.toHaveProperty('relatedLocations');
    expect(results[1]?.['relatedLocations']).toMatchObject([
      { id: 1, physicalLocation: { artifactLocation: { uri: 'a.yaml' }, region: { startLine: 7 } } },
    ]);
  });

  it('has a page, a level and tags for each rule, and says how grave what is about security is', () => {
    const privileged = pod.replace('imagee: x', 'securityContext: {privileged: true}');
    const { tool } = runOf(
      lintFiles(
        { 'pod.yaml': privileged },
        { profile: 'all', only: ['privileged-container', 'unknown-field'] },
      ),
    );
    const rules = new Map(tool.driver.rules.map((rule) => [rule.id, rule as Record<string, unknown>]));
    const properties = rules.get('privileged-container')?.['properties'];
    expect(properties).toMatchObject({ 'security-severity': '8.0' });
    expect(properties).toMatchObject({ tags: expect.arrayContaining(['security', 'pod-security-baseline']) });
    for (const [id, rule] of rules)
      expect(rule['helpUri'], id).toMatch(new RegExp(`^https://.*/rules/${id}/$`, 'u'));
    const { tool: others } = runOf(lintFiles({ 's.yaml': service }, { only: ['service-selects-nothing'] }));
    expect(others.driver.rules).toMatchObject([{ defaultConfiguration: { level: 'error' } }]);
  });

  it('says what a baseline knows and what is accepted', () => {
    const only = ['image-not-pinned', 'unknown-field'];
    const baseline = writeBaseline(lintFiles({ 'pod.yaml': pod }, { only: ['unknown-field'] }), '2026-11-23');
    const files = {
      'pod.yaml': pod,
      'b.json': baseline,
      'cdb-lint.yaml': 'exclusions: [{rule: image-not-pinned, object: web, reason: a test}]\n',
    };
    const { results } = runOf(lintFiles(files, { only, baseline: 'b.json' }));
    expect(results.map((one) => [one['ruleId'], one['baselineState'], one['suppressions']])).toEqual([
      ['unknown-field', 'unchanged', undefined],
      ['image-not-pinned', undefined, [{ kind: 'external', justification: 'a test' }]],
    ]);
  });

  it('is not successful where something was not checked, and says what', () => {
    const { invocations } = runOf(lintFiles({ 'k/kustomization.yaml': 'resources: [gone.yaml]\n' }));
    expect(invocations[0]?.executionSuccessful).toBe(false);
    expect(invocations[0]?.toolExecutionNotifications?.[0]?.message.text).toContain('not checked');
  });

  it('keeps 5,000 results, the gravest, and counts the rest', () => {
    const report = lintFiles({ 'pod.yaml': pod }, { only: ['unknown-field'] });
    const [finding] = report.findings as [Finding];
    const notes = Array.from({ length: 5_100 }, (): Finding => ({ ...finding, severity: 'note' }));
    const { results, invocations } = runOf({ ...report, findings: [...notes, finding] });
    expect(results).toHaveLength(5_000);
    expect(results[0]?.['level']).toBe('error');
    expect(invocations[0]?.toolExecutionNotifications?.[0]?.message.text).toBe(
      '101 more results are only in the JSON report',
    );
  });

  it('holds no link, no command and no control character from data', () => {
    const run = runOf(hostileReport());
    expect(run.results.length).toBeGreaterThan(1);
    for (const one of textsIn({ results: run.results, invocations: run.invocations })) {
      // What leads anywhere leads to a place of the result itself.
      expect(one.replaceAll(/(?<!\\)\]\(\d+\)/gu, '')).not.toContain('](');
      expect(one).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/u);
    }
    expect(sarifReport(hostileReport(), pages, ruleFacts())).not.toContain('##[');
  });
});
