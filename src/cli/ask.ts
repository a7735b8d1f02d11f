import type { App } from '../app/app.ts';
import { EXAMPLE_QUESTIONS } from '../digest/answer-forms.ts';
import { renderAnswer } from '../digest/answer-text.ts';
import { toAppError } from '../lib/app-error.ts';
import { printable } from '../lib/printable.ts';
import { answerQuestion } from '../pipeline/answer-question.ts';
import { createAnswerReadModel } from '../store/answer-read-model.ts';
import type { Terminal } from './terminal.ts';

export interface AskDeps {
  readonly app: {
    readonly database: Pick<App['database'], 'query' | 'execute'>;
    readonly clock: App['clock'];
    readonly config: {
      readonly aspects: readonly { readonly aspect: string }[];
      readonly workspace: { readonly timezone: string };
    };
    readonly env: Pick<App['env'], 'publicUrl'>;
  };
  readonly terminal: Pick<Terminal, 'stdout' | 'stderr'>;
}

/**
 * `earshot ask QUESTION`: answers the exit code. 0 for an answer, also when it is that there is too little evidence; 2 for a
 * question that cannot be read, with the forms that can; 1 when no account is known. A fault of our own is thrown on.
 */
export async function askCommand(
  text: string,
  { json = false }: { readonly json?: boolean | undefined },
  { app, terminal }: AskDeps,
): Promise<number> {
  const { workspace, aspects } = app.config;
  const model = createAnswerReadModel(app.database, app.env.publicUrl);
  const asked = { now: app.clock(), zone: workspace.timezone, aspects: aspects.map(({ aspect }) => aspect) };
  try {
    const answering = await answerQuestion(text, model, asked);
    if ('fault' in answering) {
      terminal.stderr.write(describeForms(answering.fault));
      return 2;
    }
    const { answer } = answering;
    terminal.stdout.write(
      json ? `${JSON.stringify(answer)}\n` : `${renderAnswer(answer, workspace.timezone).join('\n')}\n`,
    );
    return 0;
  } catch (error) {
    const failure = toAppError(error);
    if (failure.kind !== 'not-found') throw error;
    terminal.stderr.write(`${failure.message}\n`);
    return 1;
  }
}

function describeForms(fault: string | null): string {
  const reason = fault === null ? '' : `: ${printable(fault)}`;
  return [
    `The question cannot be read${reason}. Questions that can:`,
    ...EXAMPLE_QUESTIONS.map((example) => `  ${example}`),
    '',
  ].join('\n');
}
