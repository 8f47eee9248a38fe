import type { DiagnosticSeverity } from 'vscode-languageserver';

/** The numbers of the protocol; its package says them in a module of 80 kB, which the thread that judges has no other use for. */
export const editorSeverity = {
  error: 1,
  warning: 2,
  information: 3,
  hint: 4,
} as const satisfies Readonly<Record<string, DiagnosticSeverity>>;
