import { join } from 'node:path';
import { type Node, SyntaxKind } from 'typescript/unstable/ast';
import { isIdentifier, isPropertyAccessExpression } from 'typescript/unstable/ast/is';
import { API, type Checker, type Program, type Type, TypeFlags } from 'typescript/unstable/sync';

const project = join(import.meta.dirname, '../..');

/** The source with its types, as the compiler sees it. */
export interface TypedSource {
  readonly files: readonly string[];
  readonly checker: Checker;
  readonly program: Program;
  close(): void;
}

/** Some kind of expression, with what is asked of its type. */
export interface Question {
  readonly node: Node;
  /** What is wrong with the expression, given the type of `node`; undefined where nothing is. */
  readonly judge: (type: Type) => string | undefined;
}

export function openTypedSource(): TypedSource {
  const api = new API({ cwd: project });
  const opened = api.updateSnapshot({ openProjects: [join(project, 'tsconfig.json')] }).getProjects()[0];
  if (opened === undefined) throw new Error('no project');
  const { program, checker } = opened;
  const files = program.getSourceFileNames().filter((name) => name.startsWith(join(project, 'src/')));
  return { files, checker, program, close: () => api.close() };
}

/** All places where the answer to one of the questions is a complaint: `src/file.ts:12 expression: complaint`. */
export function complaintsAbout(
  { files, checker, program }: TypedSource,
  ask: (node: Node) => readonly Question[],
): string[] {
  return files.flatMap((file) => {
    const source = program.getSourceFile(file);
    if (source === undefined) throw new Error(file);
    const questions: Question[] = [];
    const visit = (node: Node): void => {
      questions.push(...ask(node));
      node.forEachChild(visit);
    };
    visit(source);
    const types = questions.length === 0 ? [] : checker.getTypeAtLocation(questions.map(({ node }) => node));
    return questions.flatMap(({ node, judge }, index) => {
      const type = types[index];
      const complaint = type === undefined ? undefined : judge(type);
      if (complaint === undefined) return [];
      const line = source.text.slice(0, node.end).split('\n').length;
      const text = source.text.slice(node.pos, node.end).trim().replaceAll(/\s+/gu, ' ');
      return [`${file.slice(project.length + 1)}:${line} ${text}: ${complaint}`];
    });
  });
}

const primitive =
  TypeFlags.StringLike |
  TypeFlags.NumberLike |
  TypeFlags.BigIntLike |
  TypeFlags.BooleanLike |
  TypeFlags.Nullable |
  TypeFlags.Void |
  TypeFlags.Never;

/** Whether nothing of a type is an object, whose conversion to a text or a number may throw. */
export function isPrimitive(checker: Checker, type: Type): boolean {
  if ((type.flags & primitive) !== 0) return true;
  if (type.isUnionType()) return type.getTypes().every((one) => isPrimitive(checker, one));
  if (type.isIntersectionType()) return type.getTypes().some((one) => isPrimitive(checker, one));
  if ((type.flags & TypeFlags.Instantiable) === 0) return false;
  const constraint = checker.getBaseConstraintOfType(type);
  return constraint !== undefined && isPrimitive(checker, constraint);
}

/** Whether some text that nobody knows beforehand may be of the type. */
export function isAnyText(type: Type): boolean {
  if (type.isUnionType()) return type.getTypes().some(isAnyText);
  return (
    (type.flags &
      (TypeFlags.String | TypeFlags.TemplateLiteral | TypeFlags.StringMapping | TypeFlags.AnyOrUnknown)) !==
    0
  );
}

/** The type of the items of a list; undefined for what is none. */
export function itemType(checker: Checker, type: Type): Type | undefined {
  return checker.getIndexInfosOfType(type).find(({ keyType }) => (keyType.flags & TypeFlags.Number) !== 0)
    ?.valueType;
}

/** The name of what is called or made: `String` of `String(x)`, `.join` of `list.join()`. */
export function calleeName(expression: Node): string {
  if (isIdentifier(expression)) return expression.text;
  return isPropertyAccessExpression(expression) && isIdentifier(expression.name)
    ? `.${expression.name.text}`
    : '';
}

export { SyntaxKind };
