// One call at random: any function, of Go, of sprig or of Helm, with arguments of whatever type, and more or fewer than it takes.
import type { Random } from './generate.ts';

/** What asks the clock, chance or the world, whose answers nothing can be compared with. */
const unknown =
  /^(?:now|ago|rand\w*|gen\w*|uuidv4|getHostByName|lookup|htpasswd|bcrypt|encryptAES|derivePassword|buildCustomCert|shuffle)$/u;

const values: readonly string[] = [
  ...'s lower empty blank digits octal hex float huge uni bang multi yamlText yamlList jsonText badJson encoded version url date'.split(
    ' ',
  ),
  ...'one three zero negative big huger half small third minus exp on off nothing missing list numbers floats mixed deep'.split(
    ' ',
  ),
  ...'maps emptyList map texts odd emptyMap nested map.c.f'.split(' '),
].map((one) => `.Values.${one}`);

const literals: readonly string[] = [
  ...[
    'nil',
    'true',
    'false',
    '0',
    '1',
    '-1',
    '3',
    '007',
    '0x1F',
    "'a'",
    '1.5',
    '-0.5',
    '1e3',
    '1e-9',
    '1e400',
    '2.0',
  ],
  ...['9223372036854775807', '-9223372036854775808', '4611686018427387904', '100000'],
  ...[
    '""',
    '" "',
    '"a"',
    '"x,y,z"',
    '"%d"',
    '"%v"',
    '"%s %q"',
    '"%5.2f|%-8s|%+d|%x"',
    '"%!"',
    '"é"',
    '"日本語"',
    '"\\U0001F600"',
  ],
  ...[
    '"\\x00"',
    '"\\xff"',
    '"e\\u0301"',
    '"İı"',
    '"1.2.3"',
    '">=1.0.0"',
    '"^1.2"',
    '"~1"',
    '"v1.2.3-beta+x"',
    '"2006-01-02"',
  ],
  ...[
    '"2024-02-30"',
    '"UTC"',
    '"1h30m"',
    '"-5s"',
    '"0.5"',
    '"010"',
    '"0x10"',
    '"1e5"',
    '"Inf"',
    '"NaN"',
    '"true"',
    '"null"',
  ],
  ...[
    '"a: 1"',
    '"- 1"',
    '"{"',
    '"[1]"',
    '"[[a]]\\nb = 1"',
    '"a = 1"',
    '"[a-"',
    '"(a)|b"',
    '"^$"',
    '"$1"',
    '"map"',
    '"slice"',
  ],
  ...['"string"', '"aGk="', '"!!"', '"http://a:b@h:1/p?q#f"', '"a/../b//c.txt"', '"a.b.c"'],
];

const made: readonly string[] = [
  ...[
    '.',
    '.Release',
    '.Chart',
    '.Files',
    '.Capabilities',
    '.Capabilities.KubeVersion',
    '.Capabilities.APIVersions',
    '.Template',
  ],
  ...[
    '(list)',
    '(list nil)',
    '(list 1 2.5 "a" nil true)',
    '(list (list 1) (dict "a" 1))',
    '(until 3)',
    '(splitList "," "b,a")',
  ],
  ...[
    '(dict)',
    '(dict "a" nil)',
    '(dict "a" (dict "b" 1))',
    '(dict 1 2)',
    '(tuple 3 1 2)',
    '(toStrings (list 3 1))',
  ],
  ...[
    '(int 7)',
    '(int64 7)',
    '(float64 7)',
    '(int "x")',
    '(add 1 2)',
    '(divf 1 3)',
    '(mulf 1e200 1e200)',
    '(len "é")',
    '(atoi "12")',
  ],
  ...[
    '(fromYaml "a: 1")',
    '(fromJson "{\\"a\\": 1}")',
    '(semver "1.2.3")',
    '(urlParse "http://h/p")',
    '(split "," "x,y")',
  ],
  ...[
    '(toDate "2006-01-02" "2024-05-06")',
    '(keys (dict "a" 1))',
    '(values (dict "a" 1.5))',
    '(regexFindAll "." "ab" -1)',
    '(eq 1 1)',
  ],
  ...[
    '(printf "%d" 5)',
    '(b64enc "x")',
    '(first (list 1))',
    '(get (dict) "x")',
    '(deepCopy .Values.map)',
    '(fromYamlArray "- 1")',
  ],
];

/** How what a call answers is printed, so that its type is seen as well. */
const printers: readonly string[] = [
  '',
  '',
  ' | toJson',
  ' | printf "%v"',
  ' | printf "%T %v"',
  ' | printf "%#v"',
  ' | toYaml',
  ' | typeOf',
];

/** A template that calls one of the functions. */
export function generateCall(random: Random, functions: readonly string[]): string {
  const pick = <One>(from: readonly One[]): One => from[Math.floor(random() * from.length)] as One;
  const argument = (): string => pick(pick([values, literals, literals, made]));
  const known = functions.filter((one) => !unknown.test(one));
  const count = pick([0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4]);
  const args = Array.from({ length: count }, argument);
  const piped = random() < 0.2 ? `${argument()} | ` : '';
  return `{{ ${piped}${[pick(known), ...args].join(' ')}${pick(printers)} }}`;
}
