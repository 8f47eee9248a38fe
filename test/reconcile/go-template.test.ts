import { describe, expect, it } from 'vitest';
import { locateField, untracked } from '../../src/object/provenance.ts';
import { fillFastTemplate } from '../../src/reconcile/argocd/fast-template.ts';
import type { Mapping } from '../../src/source/value.ts';
import { fillTemplate, type TemplateResult } from '../../src/template/fill.ts';
import { trackMapping } from '../support/tracked-text.ts';
import { mappingOf } from '../support/values.ts';

const parameters = mappingOf({
  name: 'Web',
  path: { basename: 'a', segments: ['apps', 'a'] },
  on: true,
  count: 3,
  labels: { env: 'prod', team: 'x' },
  'x.y': 'z',
});

/** The texts of a result, without what they came from. */
function textsOf(result: TemplateResult): object {
  if ('made' in result) return { text: result.made.text };
  if (!('left' in result)) return result;
  return { ...result, left: result.left?.text };
}

function evaluateTemplate(text: string, value: Mapping, isStrict: boolean): object {
  return textsOf(
    fillTemplate({ value: text, origin: untracked }, { value, origin: untracked }, { isStrict }),
  );
}

function evaluateFastTemplate(text: string, value: Mapping): object {
  return textsOf(fillFastTemplate({ value: text, origin: untracked }, { value, origin: untracked }));
}

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
    ['{{ .none }}', { missing: '.none', isPrinted: false }],
    ['{{ .labels.none }}', { missing: '.labels.none', isPrinted: false }],
    ['{{ index .labels "none" }}', { missing: 'the result of index', isPrinted: true }],
    ['{{ env "HOME" }}', { refused: 'function "env" not defined' }],
    ['{{ .name', { refused: 'unclosed action' }],
    ['{{ end }}', { refused: 'unexpected {{end}}' }],
    ['{{ if .on }}', { refused: 'unexpected EOF' }],
    ['{{ repeat 100000000 "x" }}', { tooMuch: 'a string of this length' }],
    [
      `${'{{ range until 9999 }}'.repeat(3)}${'{{ end }}'.repeat(3)}`,
      { tooMuch: 'a template of this many steps' },
    ],
  ])('%s is %j', (template, result) => {
    expect(evaluateTemplate(template, parameters, true)).toEqual(result);
  });

  it('let what is missing be nothing unless missingkey=error', () => {
    const lenient = (template: string) => evaluateTemplate(template, parameters, false);
    expect(lenient('{{ .none | default "d" }}{{ if .none }}x{{ end }}')).toEqual({ text: 'd' });
    const deep = '{{ default "d" .none.name }}{{ if .none.name.deep }}1{{ else }}2{{ end }}';
    expect(lenient(deep)).toEqual({ text: 'd2' });
    expect(evaluateTemplate(deep, parameters, true)).toEqual({ missing: '.none.name', isPrinted: false });
    expect(lenient('{{ default "d" .name.deep }}')).toEqual({ missing: '.name.deep', isPrinted: false });
    expect(lenient('{{ .none }}')).toEqual({ missing: '.none', isPrinted: true });
    expect(evaluateTemplate('{{ .none | default "d" }}', parameters, true)).toEqual({
      missing: '.none',
      isPrinted: false,
    });
  });
});

it('knows flat names and strings alone in templates without Go', () => {
  expect(evaluateFastTemplate('{{name}} {{ x.y }}', parameters)).toEqual({ text: 'Web z' });
  expect(evaluateFastTemplate('{{nope}}', parameters)).toEqual({ missing: 'nope', left: '{{nope}}' });
  expect(evaluateFastTemplate('{{count}}', parameters)).toMatchObject({ missing: 'count' });
});

describe('what each stretch came from', () => {
  const written = 'host: db\nport: 5432\ntags: [red, blue]\nnote: old\n';
  const tracked = trackMapping(
    mappingOf({ host: 'db', port: '5432', tags: ['red', 'blue'], note: 'old' }),
    written,
  );

  /** Each stretch that is not the template's own, with the texts that it was made of. */
  function made(text: string): (readonly string[])[] {
    const result = fillTemplate({ value: text, origin: tracked.origin }, tracked, { isStrict: true });
    if (!('made' in result)) throw new Error(JSON.stringify(result));
    const { text: whole, stretches } = result.made;
    return stretches.flatMap(({ start, at, source }, index) => {
      const stretch = whole.slice(start, stretches[index + 1]?.start ?? whole.length);
      if (at !== undefined) return text.startsWith(stretch, at) ? [] : [['misplaced', stretch]];
      const values = source.values.map((origin) => {
        const { span } = locateField({ value: null, origin }, []);
        return span?.file.text.slice(span.start, span.end) ?? '';
      });
      return [[stretch, text.slice(source.part?.start, source.part?.end), ...values]];
    });
  }

  it.each([
    [
      'url: {{ .host }}:{{ .port }}/x',
      [
        ['db', '{{ .host }}', 'db'],
        ['5432', '{{ .port }}', '5432'],
      ],
    ],
    [
      '{{ printf "%s-%s" .host .port | quote }}',
      [['"db-5432"', '{{ printf "%s-%s" .host .port | quote }}', 'db', '5432']],
    ],
    [
      'a {{- range .tags }} {{ . }},{{ end }}',
      [
        ['red', '{{ . }}', 'red'],
        ['blue', '{{ . }}', 'blue'],
      ],
    ],
    ['{{ index .tags 1 }}', [['blue', '{{ index .tags 1 }}', 'blue']]],
    ['{{ .note | default .host }}', [['old', '{{ .note | default .host }}', 'old']]],
    ['{{ $x := .host }}{{ with .port }}{{ $x }}{{ end }}', [['db', '{{ $x }}', 'db']]],
    ['{{ "text" }}', [['text', '{{ "text" }}']]],
  ])('%s', (text, expected) => {
    expect(made(text)).toEqual(expected);
  });
});
