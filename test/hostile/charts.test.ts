import { describe, expect, it } from 'vitest';
import { loadChart } from '../../src/chart/load-chart.ts';
import { renderChart } from '../../src/chart/render-chart.ts';
import { newMap } from '../../src/template/value/datum.ts';

const encoder = new TextEncoder();

function render(template: string): string {
  const files = { 'Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n', 'templates/t.yaml': template };
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
    ['a list without end', '{{ len (until 2000000000) }}'],
    ['a string without end', '{{ repeat 2000000000 "ab" }}'],
  ])('ends at %s', (_, template) => {
    expect(() => render(template)).toThrow(/is not followed here$/u);
  });

  it('pads no further than Go does', () => {
    expect(render('a: {{ printf "%2000000000d" 1 | quote }}')).toBe('a: "%!(NOVERB)%!(EXTRA int=1)"');
    expect(render('a: {{ printf "%*d" 2000000000 1 | quote }}')).toBe('a: "%!(BADWIDTH)1"');
  });

  it('reads the same chart in other words as any', () => {
    expect(render('a: {{ list 1 2 | toJson }}')).toBe('a: [1,2]');
  });
});
