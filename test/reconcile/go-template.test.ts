import { describe, expect, it } from 'vitest';
import { evaluateFastTemplate } from '../../src/reconcile/argocd/fast-template.ts';
import { evaluateTemplate } from '../../src/template/evaluate.ts';
import { mappingOf } from '../support/values.ts';

const parameters = mappingOf({
  name: 'Web',
  path: { basename: 'a', segments: ['apps', 'a'] },
  on: true,
  count: 3,
  labels: { env: 'prod', team: 'x' },
  'x.y': 'z',
});

// Each expected text is what text/template and sprig 3 print.
describe('Go templates', () => {
  it.each([
    ['{{ .name }}-{{.path.basename}}', 'Web-a'],
    ['{{ index .path.segments 1 }}', 'a'],
    ['{{ index .labels "env" }}', 'prod'],
    ['{{ (index .path.segments 0) | upper }}', 'APPS'],
    ['{{ .name | lower | printf "%s-%s" "x" }}', 'x-web'],
    ['{{ replace "e" "3" .name }}', 'W3b'],
    ['{{ default "d" .name }}', 'Web'],
    ['{{ if .on }}yes{{ else }}no{{ end }}', 'yes'],
    ['{{ if eq .name "x" }}1{{ else if (and .on .name) }}2{{ else }}3{{ end }}', '2'],
    ['a {{- if not .on }} b {{ end -}} c', 'ac'],
    ['{{ range .path.segments }}[{{ . }}]{{ end }}', '[apps][a]'],
    ['{{ range $i, $s := .path.segments }}{{ if $i }}-{{ end }}{{ $s }}{{ end }}', 'apps-a'],
    ['{{ range $k, $v := .labels }}{{ $k }}={{ $v }};{{ end }}', 'env=prod;team=x;'],
    ['{{ range .path.segments }}{{ if eq . "a" }}{{ break }}{{ end }}{{ . }}{{ end }}', 'apps'],
    ['{{ with .labels }}{{ .env }}{{ $.name }}{{ end }}', 'prodWeb'],
    ['{{ $x := .name }}{{ if .on }}{{ $x = "y" }}{{ end }}{{ $x }}', 'y'],
    ['{{ dig "a" "b" "none" .labels }}', 'none'],
    ['{{ hasKey .labels "env" | ternary "yes" "no" }}', 'yes'],
    ['{{ .path.segments | join "-" }} {{ splitList "-" "a-b" | last }}', 'apps-a b'],
    ['{{ .count | add 1 }} {{ len .labels }} {{ trunc 2 .name }}{{ trunc -2 .name }}', '4 2 Weeb'],
    ['{{ .labels }} {{ .path.segments }}', 'map[env:prod team:x] [apps a]'],
    ['{{ normalize "My_App." }} {{ slugify 10 true "feature-branch-name" }}', 'my-app feature'],
    ['{{ (dict "a" (list 1 2)).a | toJson }}', '[1,2]'],
    ['{{ "}}" }}{{/* }} */}}{{ `{{` }}', '}}{{'],
    ['{{ sha256sum "a" | trunc 8 }}', 'ca978112'],
    [
      '{{ b64enc "a" }} {{ b64dec "YQ==" }} {{ title "a bc" }} {{ kebabcase "fooBar" }}',
      'YQ== a A Bc foo-bar',
    ],
  ])('%s is %s', (template, text) => {
    expect(evaluateTemplate(template, parameters, true)).toEqual({ text });
  });

  it.each([
    ['{{ .none }}', { missing: '.none' }],
    ['{{ .labels.none }}', { missing: '.labels.none' }],
    ['{{ index .labels "none" }}', { missing: 'the result of index' }],
    ['{{ env "HOME" }}', { refused: 'there is no function env' }],
    ['{{ .name', { refused: 'an action has no end: write }} behind it' }],
    ['{{ end }}', { refused: 'there is end without a beginning' }],
    ['{{ if .on }}', { refused: 'if has no end' }],
    ['{{ repeat 100000000 "x" }}', { unsupported: 'a text of this length' }],
    [
      `${'{{ range until 9999 }}'.repeat(3)}${'{{ end }}'.repeat(3)}`,
      { unsupported: 'a template of this many steps' },
    ],
  ])('%s is %j', (template, result) => {
    expect(evaluateTemplate(template, parameters, true)).toEqual(result);
  });

  it('let what is missing be nothing unless missingkey=error', () => {
    const lenient = (template: string) => evaluateTemplate(template, parameters, false);
    expect(lenient('{{ .none | default "d" }}{{ if .none }}x{{ end }}')).toEqual({ text: 'd' });
    expect(lenient('{{ .none }}')).toEqual({ missing: '.none' });
    expect(evaluateTemplate('{{ .none | default "d" }}', parameters, true)).toEqual({ missing: '.none' });
  });
});

it('knows flat names and texts alone in templates without Go', () => {
  expect(evaluateFastTemplate('{{name}} {{ x.y }}', parameters)).toEqual({ text: 'Web z' });
  expect(evaluateFastTemplate('{{nope}}', parameters)).toEqual({ missing: 'nope', left: '{{nope}}' });
  expect(evaluateFastTemplate('{{count}}', parameters)).toMatchObject({ missing: 'count' });
});
