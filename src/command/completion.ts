import { nearest } from '../configuration/nearest.ts';
import { complain, type ExitCode, type Io, say } from './io.ts';
import type { Invocation } from './options.ts';
import { type Command, globalOptions, type Option } from './options.ts';

export const command: Command = {
  name: 'completion',
  synopsis: 'cdb-lint completion bash|zsh|fish',
  words: 'print a completion script for commands, options and rules',
  examples: [
    ['source <(cdb-lint completion bash)', 'in ~/.bashrc'],
    ['source <(cdb-lint completion zsh)', 'in ~/.zshrc, below compinit'],
    ['cdb-lint completion fish > ~/.config/fish/completions/cdb-lint.fish', ''],
  ],
  operands: { min: 1, max: 1, name: 'shell' },
  options: [],
  run: runCompletion,
};

const shells = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/** Prints the script that completes in one of the shells. */
async function runCompletion({ operands, commands }: Invocation, io: Io): Promise<ExitCode> {
  const [wanted = ''] = operands;
  if (isShell(wanted)) return say(io, shells[wanted](await Promise.all(commands.names.map(commands.load))));
  const names = Object.keys(shells);
  const close = nearest(wanted, names);
  return complain(
    io,
    `there is no completion for "${wanted}"`,
    close === undefined ? `use ${names.join(', ')}` : `did you mean "${close}"?`,
  );
}

function isShell(word: string): word is keyof typeof shells {
  return Object.hasOwn(shells, word);
}

/** Without the one that needs no name. */
function namedOnes(commands: readonly Command[]): Command[] {
  return commands.filter(({ name }) => name !== 'lint');
}

function namesOf(commands: readonly Command[]): string {
  return namedOnes(commands)
    .map(({ name }) => name)
    .join(' ');
}

/** What an option takes: words, the names of rules, paths, or what nobody can know. */
function valuesOf({ value = '', oneOf, suggestions }: Option): readonly string[] | 'rules' | 'paths' | 'any' {
  const words = oneOf ?? suggestions;
  if (words !== undefined) return words;
  if (value === 'RULE') return 'rules';
  return value === 'FILE' || value === 'DIR' ? 'paths' : 'any';
}

function optionsOf({ options }: Command): readonly Option[] {
  return [...options, ...globalOptions];
}

// Rules are asked for when they are needed: the version that runs knows them.
const listRules = 'cdb-lint rules 2>/dev/null | cut -d" " -f1';

function bashScript(commands: readonly Command[]): string {
  const cases = commands.map((command) => {
    const names = optionsOf(command).map(({ name }) => `--${name}`);
    return `    ${command.name}) options='${names.join(' ')}' ;;`;
  });
  const values = commands.flatMap((command) =>
    command.options
      .filter(({ value }) => value !== undefined)
      .map((option) => `    ${command.name}:--${option.name}) ${bashValues(option)} ;;`),
  );
  return `# bash completion for cdb-lint
_cdb_lint() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command=lint options=
  # "=" splits words: --format=json is three of them.
  [[ $word == = ]] && word='' && before=\${COMP_WORDS[COMP_CWORD-1]}
  [[ $before == = ]] && before=\${COMP_WORDS[COMP_CWORD-2]}
  [[ " ${namesOf(commands)} " == *" \${COMP_WORDS[1]} "* && $COMP_CWORD -gt 1 ]] && command=\${COMP_WORDS[1]}
  COMPREPLY=()
  case $command:$before in
${values.join('\n')}
    explain:explain) COMPREPLY=($(compgen -W "$(${listRules})" -- "$word")) ; return ;;
    completion:completion) COMPREPLY=($(compgen -W 'bash zsh fish' -- "$word")) ; return ;;
  esac
  case $command in
${cases.join('\n')}
  esac
  if [[ $word == -* ]]; then COMPREPLY=($(compgen -W "$options" -- "$word"))
  elif [[ $COMP_CWORD -eq 1 ]]; then COMPREPLY=($(compgen -W '${namesOf(commands)}' -- "$word"))
  fi
}
complete -o bashdefault -o default -F _cdb_lint cdb-lint
`;
}

function bashValues(option: Option): string {
  const values = valuesOf(option);
  if (values === 'paths' || values === 'any') return 'return';
  const words = values === 'rules' ? `"$(${listRules})"` : `'${values.join(' ')}'`;
  return `COMPREPLY=($(compgen -W ${words} -- "$word")) ; return`;
}

function zshScript(commands: readonly Command[]): string {
  const cases = commands.map((command) => {
    const specs = optionsOf(command).map((option) => `      ${quoted(zshOption(option))}`);
    const operands = command.operands.max === 0 ? '' : ` \\\n      ${quoted(zshOperand(command))}`;
    return `    ${command.name}) _arguments -s \\\n${specs.join(' \\\n')}${operands} ;;`;
  });
  const described = namedOnes(commands).map(({ name, words }) => `    ${quoted(`${name}:${words}`)}`);
  return `#compdef cdb-lint
# zsh completion for cdb-lint
_cdb_lint_rules() { local -a rules=(\${(f)"$(${listRules})"}); compadd -a rules }
_cdb_lint() {
  local -a commands=(
${described.join('\n')}
  )
  local command=lint
  if (( CURRENT > 2 )) && [[ -n \${(M)commands:#\${words[2]}:*} ]]; then
    command=\${words[2]}
    shift words
    (( CURRENT-- ))
  elif (( CURRENT == 2 )) && [[ \${words[2]} != -* ]]; then
    _describe command commands
  fi
  case $command in
${cases.join('\n')}
  esac
}
(( $+functions[compdef] )) && compdef _cdb_lint cdb-lint
[[ $funcstack[1] == _cdb_lint ]] && _cdb_lint "$@"
`;
}

function zshOption(option: Option): string {
  const { name, words, value, repeatable } = option;
  const text = `${repeatable === true ? '*' : ''}--${name}${value === undefined ? '' : '='}[${words.replaceAll(/[[\]:]/gu, '\\$&')}]`;
  return value === undefined ? text : `${text}:${value.replaceAll(/[[\]:]/gu, '')}:${zshValues(option)}`;
}

function zshValues(option: Option): string {
  const values = valuesOf(option);
  if (values === 'rules') return '_cdb_lint_rules';
  if (values === 'paths') return '_files';
  return values === 'any' ? '' : `(${values.join(' ')})`;
}

function zshOperand({ name }: Command): string {
  if (name === 'explain') return '1:rule:_cdb_lint_rules';
  return name === 'completion' ? '1:shell:(bash zsh fish)' : '*:path:_files';
}

function fishScript(commands: readonly Command[]): string {
  const lines = namedOnes(commands).map(
    ({ name, words }) => `complete -c cdb-lint -n __fish_use_subcommand -a ${name} -d ${quoted(words)}`,
  );
  for (const command of commands) {
    const when =
      command.name === 'lint'
        ? `'not __fish_seen_subcommand_from ${namesOf(commands)}'`
        : `'__fish_seen_subcommand_from ${command.name}'`;
    for (const option of optionsOf(command))
      lines.push(
        `complete -c cdb-lint -n ${when} -l ${option.name} -d ${quoted(option.words)}${fishValues(option)}`,
      );
  }
  lines.push(
    `complete -c cdb-lint -n '__fish_seen_subcommand_from explain' -f -a '(${listRules})'`,
    `complete -c cdb-lint -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'`,
  );
  return `# fish completion for cdb-lint\n${lines.join('\n')}\n`;
}

function fishValues(option: Option): string {
  if (option.value === undefined) return '';
  const values = valuesOf(option);
  if (values === 'rules') return ` -x -a '(${listRules})'`;
  if (values === 'paths') return ' -r';
  return values === 'any' ? ' -x' : ` -x -a '${values.join(' ')}'`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
