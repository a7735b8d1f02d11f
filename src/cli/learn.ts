import type { App } from '../app/app.ts';
import { learningOf } from '../app/learning.ts';
import { count, number } from '../digest/words.ts';
import { PROVEN_TEXTS } from '../domain/learning.ts';
import type { LearnedHead } from '../domain/ports/learning-store.ts';
import { dropLearned, learnCorrections } from '../pipeline/learn-corrections.ts';
import { type OwnAspectState, readOwnAspects } from '../pipeline/own-aspects.ts';
import type { Terminal } from './terminal.ts';

interface LearnFlags {
  readonly drop?: boolean | undefined;
  readonly status?: boolean | undefined;
  readonly json?: boolean | undefined;
}

const AUTHOR = 'command line';

/** `earshot learn`: learns from the workspace's corrections now, says what they gain, or turns off what was learned. */
export async function learnCommand(
  app: App,
  { flags, terminal }: { flags: LearnFlags; terminal: Terminal },
): Promise<number> {
  const deps = learningOf(app);
  if (flags.drop) {
    const wasOn = await dropLearned(deps, AUTHOR);
    terminal.stdout.write(
      wasOn
        ? 'What was learned is off; the model reads alone again within a minute.\n'
        : 'Nothing learned is on.\n',
    );
    return 0;
  }
  const head = flags.status ? await app.learning.newest() : await learnCorrections(deps, AUTHOR);
  const own = await readOwnAspects(app.learning, app.config.aspects);
  const lines = [describe(head), ...own.map(describeOwn)];
  terminal.stdout.write(
    flags.json ? `${JSON.stringify(head && { ...head, ownAspects: own })}\n` : `${lines.join('\n')}\n`,
  );
  return 0;
}

function describeOwn({ aspect, texts, isUncertain, sure, wrong }: OwnAspectState): string {
  const learned = [
    ...(sure.length === 0 ? [] : [`also told by ${sure.join(', ')}`]),
    ...(wrong.length === 0 ? [] : [`no longer by ${wrong.join(', ')}`]),
  ];
  const state = isUncertain ? `uncertain, ${texts} of ${PROVEN_TEXTS} texts` : count(texts, 'text');
  return [`${aspect}: ${state}`, ...learned].join('; ');
}

function describe(head: LearnedHead | null): string {
  if (head === null) return 'Nothing was learned yet: correct labels in the inbox, then run earshot learn.';
  const { texts, exactBefore, exactAfter, isOn, author, createdAt } = head;
  const figures = `Of ${count(texts, 'corrected text')} the model alone reads ${number(exactBefore)} exactly right, with what the others taught ${number(exactAfter)}.`;
  return `${figures} It is ${isOn ? 'on' : 'off'}, by ${author}, since ${createdAt.toISOString()}.`;
}
