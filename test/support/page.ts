/** One fence of a page: a file, with the findings that its marks announce. */
export interface PageFile {
  readonly path: string;
  /** The text without the marks, so that no parser sees them. */
  readonly text: string;
  readonly marks: readonly Mark[];
}

export interface Mark {
  readonly line: number;
  readonly severity: string;
  readonly rule: string;
  readonly message: string;
}

export interface PageCase {
  readonly title: string;
  readonly isBad: boolean;
  readonly files: readonly PageFile[];
}

export interface Page {
  readonly id: string;
  readonly summary: string;
  readonly sections: readonly string[];
  readonly cases: readonly PageCase[];
}

const markPattern = /\s*# (error|warning|note): \[([a-z0-9-]+)\] "([^"]*)"$/;

/** Reads a rule's page: `# id`, a summary, `## Why`, `## Bad` and `## Good` with `### cases` of named fences. */
export function readPage(text: string): Page {
  const [heading = '', , summary = ''] = text.split('\n');
  const sections = [...text.matchAll(/^## (.+)$/gm)].map((match) => match[1] ?? '');
  return {
    id: heading.replace(/^# /, ''),
    summary,
    sections,
    cases: ['Bad', 'Good'].flatMap((name) => readCases(sectionOf(text, name), name === 'Bad')),
  };
}

function sectionOf(text: string, name: string): string {
  const start = text.indexOf(`\n## ${name}\n`);
  if (start < 0) return '';
  const next = text.indexOf('\n## ', start + 1);
  return text.slice(start, next < 0 ? undefined : next);
}

function readCases(section: string, isBad: boolean): PageCase[] {
  return section
    .split(/^### /m)
    .slice(1)
    .map((part) => ({ title: part.slice(0, part.indexOf('\n')), isBad, files: readFiles(part) }));
}

function readFiles(text: string): PageFile[] {
  return [...text.matchAll(/^`([^`]+)`:\n\n```(?:yaml|text)\n([\s\S]*?)^```$/gm)].map(
    ([, path = '', body = '']) => {
      const lines = body.split('\n');
      const marks = lines.flatMap((line, index) => {
        const match = markPattern.exec(line);
        return match === null
          ? []
          : [{ line: index + 1, severity: match[1] ?? '', rule: match[2] ?? '', message: match[3] ?? '' }];
      });
      return { path, text: lines.map((line) => line.replace(markPattern, '')).join('\n'), marks };
    },
  );
}
