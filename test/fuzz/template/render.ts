import { builtInVersions } from '../../../src/chart/api-versions.ts';
import { loadChart } from '../../../src/chart/load-chart.ts';
import { scopeOf } from '../../../src/chart/scope.ts';
import { untracked } from '../../../src/object/provenance.ts';
import { executeTemplate } from '../../../src/template/execute.ts';
import { helm3Functions } from '../../../src/template/functions/helm.ts';
import { parseTemplate } from '../../../src/template/syntax/parse.ts';
import { TemplateError, UnsupportedTemplate } from '../../../src/template/template-error.ts';
import { knownValue, newMap } from '../../../src/template/value/datum.ts';
import type { Known, Run } from '../../../src/template/value/model.ts';
import { withoutNothing } from '../../../src/template/without-nothing.ts';

/** What a template makes, or the words with which it is refused. */
export interface Answer {
  readonly text?: string;
  /** Whether it depends on what nobody knows before the deployment, such as the clock. */
  readonly isOpen?: boolean;
  readonly error?: string;
}

const isFunction = (name: string): boolean =>
  ['and', 'or', 'call'].includes(name) || Object.hasOwn(helm3Functions, name);

/** What a template may call. */
export const functionNames: readonly string[] = ['and', 'or', 'call', ...Object.keys(helm3Functions)].sort();

/** Renders a template of the chart that the oracle has as well, with the given values. */
export function renderTemplate(values: string, text: string): Answer {
  const name = 'c/templates/t';
  const run: Run = {
    templates: new Map(),
    functions: helm3Functions,
    missingKey: 'zero',
    budget: { steps: 1_000_000, length: 10_000_000 },
    calls: [],
    printsNothing: true,
    unknown: new Set(),
  };
  try {
    for (const one of parseTemplate({ name, text, origin: untracked }, { isFunction }))
      run.templates.set(one.name, one);
    const template = run.templates.get(name);
    if (template === undefined) return { text: '' };
    const { text: made } = withoutNothing(executeTemplate(run, template, dotFor(values, name)));
    // What is no character leaves as the one that stands for it.
    return { text: made.replaceAll(/\p{Surrogate}/gu, '\ufffd'), isOpen: run.unknown.size > 0 };
  } catch (error) {
    if (error instanceof TemplateError) return { error: error.message };
    if (error instanceof UnsupportedTemplate) return { error: `not followed: ${error.message}` };
    throw error;
  }
}

function dotFor(values: string, name: string): Known {
  const file = (own: string, text: string) => ({
    name: own,
    path: own,
    bytes: new TextEncoder().encode(text),
  });
  const metadata = file('Chart.yaml', 'apiVersion: v2\nname: c\nversion: 1.2.3\nappVersion: v4\n');
  const chart = loadChart([metadata, file('values.yaml', values)], 'c');
  const { dot } = scopeOf(chart, chart.values, {
    name: 'rel',
    namespace: 'ns',
    values: newMap(),
    kubernetesVersion: 'v1.20.0',
    apiVersions: builtInVersions,
    isUpgrade: false,
    helm: 3,
  });
  const own = newMap([
    ['Name', knownValue(name)],
    ['BasePath', knownValue('c/templates')],
  ]);
  dot.entries.set('Template', knownValue({ ...own, type: 'chartutil.Values' }));
  return knownValue(dot);
}
