import { describe, expect, it } from 'vitest';
import { loadChart } from '../../src/chart/load-chart.ts';
import { renderChart } from '../../src/chart/render-chart.ts';
import { newMap } from '../../src/template/value/datum.ts';

const encoder = new TextEncoder();

const metadata = (name: string): string => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`;

function render(template: string, more: Readonly<Record<string, string>> = {}): string {
  const files = { 'Chart.yaml': metadata('c'), 'templates/t.yaml': template, ...more };
  const chart = loadChart(
    Object.entries(files).map(([name, text]) => ({ name, path: name, bytes: encoder.encode(text) })),
    '',
  );
  const { manifests } = renderChart(chart, {
    name: 'r',
    namespace: 'n',
    values: newMap(),
    kubernetesVersion: '1.34.0',
    apiVersions: [],
    isUpgrade: false,
    helm: 4,
  });
  return manifests.map(({ made }) => made.text).join('');
}

const doubled = (times: number, how: string): string =>
  `{{ $x := "ab" }}${`{{ $x = ${how} }}`.repeat(times)}{{ len $x }}`;

function errorOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

describe('a chart that is made to take all there is', () => {
  it.each([
    ['a loop in loops', '{{ range until 90000 }}{{ range until 90000 }}{{ end }}{{ end }}'],
    ['a recursion', '{{ define "r" }}{{ include "r" . }}{{ end }}{{ include "r" . }}'],
    [
      'a recursion by tpl',
      '{{ define "r" }}{{ tpl "{{ include \\"r\\" . }}" . }}{{ end }}{{ include "r" . }}',
    ],
    ['a string that grows by print', doubled(60, 'print $x $x')],
    ['a string that grows by join', doubled(60, 'join $x (list $x $x $x)')],
    ['a string that grows by replace', doubled(60, 'replace "a" $x $x')],
    ['a string that grows by indent', doubled(60, 'indent 900000 (print $x "\\n" $x "\\n" $x)')],
    [
      'a value that shares itself',
      `{{ $x := dict "a" 1 }}${'{{ $x = dict "a" $x "b" $x }}'.repeat(60)}{{ toYaml $x }}`,
    ],
    ['the same printed', `{{ $x := list 1 }}${'{{ $x = list $x $x }}'.repeat(60)}{{ $x }}`],
    ['the same copied', `{{ $x := list 1 }}${'{{ $x = list $x $x }}'.repeat(60)}{{ len (deepCopy $x) }}`],
    ['a value in a circle', '{{ $d := dict }}{{ $_ := set $d "a" $d }}{{ toJson $d }}'],
    [
      'lists in lists that a text writes',
      '{{ fromJson (print "{\\"a\\":" (repeat 90000 "[") (repeat 90000 "]") "}") | toJson | len }}',
    ],
    ['a list without end', '{{ len (until 2000000000) }}'],
    ['a string without end', '{{ repeat 2000000000 "ab" }}'],
    [
      'YAML that is read over and over',
      `{{ $d := dict "a" (repeat 200000 "x") }}{{ range until 5000 }}{{ $d = $d | toYaml | fromYaml }}{{ end }}`,
    ],
    ['replacements without end', '{{ regexReplaceAll "" (repeat 1000000 "a") (repeat 1000 "b") | len }}'],
    [
      'templates that include two each',
      `${Array.from({ length: 60 }, (_, at) => `{{ define "a${at}" }}{{ include "a${at + 1}" . }}{{ include "a${at + 1}" . }}{{ end }}`).join('')}{{ define "a60" }}x{{ end }}{{ include "a0" . }}`,
    ],
  ])('ends at %s', (_, template) => {
    expect(() => render(template)).toThrow(/is not rendered here(?:; called by .*)?$/u);
  });

  it('is told at the line that stopped it, with who called it', () => {
    const helpers =
      '{{ define "a" }}\n{{ include "b" . }}{{ end }}{{ define "b" }}\n\n{{ include "b" . }}{{ end }}';
    const error = errorOf(() => render('a: 1\nb: {{ include "a" . }}', { 'templates/_h.tpl': helpers }));
    const calls = ['include "a" . at c/templates/t.yaml:2', 'include "b" . at c/templates/_h.tpl:2'];
    expect(error).toMatchObject({
      message: `templates nested this deeply is not rendered here; called by ${calls.join(', ')}, include "b" . at c/templates/_h.tpl:4`,
      file: 'templates/_h.tpl',
      start: helpers.lastIndexOf('include'),
    });
  });

  it('ends at the lines of a file without end', () => {
    const more = { 'big.txt': 'x\n'.repeat(200_000) };
    expect(() => render('{{ .Files.Lines "big.txt" | len }}', more)).toThrow(
      'a list of this length is not rendered here',
    );
  });

  it('ends at aliases within aliases', () => {
    const declared = `dependencies:\n${Array.from({ length: 12 }, (_, at) => `- { name: d, version: '*', alias: d${at} }\n`).join('')}`;
    const below = (depth: number): string => 'charts/d/'.repeat(depth);
    const inside = Array.from({ length: 7 }, (_, at) => [
      `${below(at + 1)}Chart.yaml`,
      metadata('d') + (at === 6 ? '' : declared),
    ]);
    const more = { 'Chart.yaml': metadata('c') + declared, ...Object.fromEntries(inside) };
    expect(() => render('', more)).toThrow('a chart with more than 500 nested charts is not rendered here');
  });

  it('ends at values that are imported too deeply', () => {
    const imports = `[{ child: a, parent: '${'x.'.repeat(300)}y' }]`;
    const more = {
      'Chart.yaml': `${metadata('c')}dependencies: [{ name: d, version: '*', import-values: ${imports} }]\n`,
      'charts/d/Chart.yaml': metadata('d'),
      'charts/d/values.yaml': 'a: { b: 1 }\n',
    };
    expect(() => render('', more)).toThrow('values nested this deeply is not rendered here');
  });

  it('pads no further than Go does', () => {
    expect(render('a: {{ printf "%2000000000d" 1 | quote }}')).toBe('a: "%!(NOVERB)%!(EXTRA int=1)"');
    expect(render('a: {{ printf "%*d" 2000000000 1 | quote }}')).toBe('a: "%!(BADWIDTH)1"');
  });

  it('reads the same chart in other words as any', () => {
    expect(render('a: {{ list 1 2 | toJson }}')).toBe('a: [1,2]');
  });
});
