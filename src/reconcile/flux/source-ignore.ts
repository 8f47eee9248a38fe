import { ignoringPattern, parseIgnorePattern } from '../../source/ignore-pattern.ts';

/** Whether a path of the repository is left out of the artifact that a source makes of it. */
export type IsIgnored = (path: string) => boolean;

const always = ['.git/', '.gitignore', '.gitmodules', '.gitattributes'];
const byDefault = [
  ...['*.jpg', '*.jpeg', '*.gif', '*.png', '*.wmv', '*.flv', '*.tar.gz', '*.zip'],
  ...['.github/', '.circleci/', '.travis.yml', '.gitlab-ci.yml', 'appveyor.yml', '.drone.yml'],
  ...['cloudbuild.yaml', 'codeship-services.yml', 'codeship-steps.yml'],
  ...['**/.goreleaser.yml', '**/.sops.yaml', '**/.flux.yaml'],
];

/**
 * What source-controller leaves out (fluxcd/pkg/sourceignore): the patterns of `.sourceignore` at the root and of
 * `spec.ignore`, in gitignore's syntax; they take the place of the default ones.
 */
export function sourceIgnore(texts: readonly (string | undefined)[]): IsIgnored {
  const own = texts
    .flatMap((text) => (text ?? '').split(/\r?\n/u))
    .filter((line) => /^[^#\s]/u.test(line.trim()));
  const patterns = [...always, ...(own.length > 0 ? own : byDefault)].map(parseIgnorePattern);
  return (path) => ignoringPattern(patterns, path, false) !== undefined;
}
