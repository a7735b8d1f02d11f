import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useRef } from 'react';
import type { CaseAction, CaseRow } from '../../contract/cases.ts';
import { useSignedIn } from '../api/session.ts';
import { useCall } from '../api/use-api.ts';
import { wordsOf } from '../ui/form.tsx';
import { useToast } from '../ui/toasts.tsx';
import { count } from '../ui/words.ts';
import type { Place } from './place.ts';
import { belongs, predict, toldOf } from './predict.ts';
import type { CaseList } from './use-case-list.ts';

interface Actions {
  readonly act: (cases: readonly CaseRow[], action: CaseAction) => Promise<void>;
  /** Takes back what was done last, or these events. */
  readonly undo: (eventIds?: readonly string[]) => Promise<void>;
}

/**
 * Acts on cases: shown at once, put back with the reason when the server refuses. `cursor` goes to what was taken
 * back, unless the person has moved on meanwhile.
 */
export function useCaseActions(
  list: CaseList,
  { tab }: Place,
  cursor: RefObject<string | null>,
  goTo: (caseId: string) => void,
): Actions {
  const { me } = useSignedIn();
  const call = useCall();
  const client = useQueryClient();
  const toast = useToast();
  const lastEvents = useRef<readonly string[]>([]);

  const settle = (): Promise<unknown> =>
    Promise.all(
      ['listCases', 'countCases', 'getCase'].map((name) => client.invalidateQueries({ queryKey: [name] })),
    );

  const undo = async (events = lastEvents.current): Promise<void> => {
    const eventIds = [...events];
    if (eventIds.length === 0) return toast({ text: 'There is nothing to take back.' });
    lastEvents.current = [];
    const from = cursor.current;
    try {
      const { results } = await call('undoCaseEvents', { body: { eventIds } });
      const refused = results.find(({ result }) => result !== 'done');
      toast(refused ? { kind: 'error', text: refused.message ?? NOT_DONE } : { text: 'Taken back.' });
      await Promise.all([list.refresh(), settle()]);
      const back = results.find((result) => result.case !== null)?.case;
      if (back && cursor.current === from) goTo(back.id);
    } catch (error) {
      toast({ kind: 'error', text: wordsOf(error) });
    }
  };

  const act = async (cases: readonly CaseRow[], action: CaseAction): Promise<void> => {
    const changed = new Map(
      cases.map((row) => {
        const next = predict(row, action, me);
        return [row.id, belongs(next, tab, me) ? next : null] as const;
      }),
    );
    const putBack = list.patch(changed);
    try {
      const { results } = await call('actOnCases', {
        body: { cases: cases.map(({ id, version }) => ({ id, version })), action },
      });
      const refused = results.filter(({ result }) => result !== 'done');
      if (refused.length > 0) {
        putBack();
        await list.refresh();
      }
      lastEvents.current = results.flatMap(({ eventId }) => eventId ?? []);
      const isDone = lastEvents.current.length > 0;
      const text = [
        ...(isDone ? [toldOf(action, lastEvents.current.length)] : []),
        ...(refused.length > 0
          ? [`${count(refused.length, 'case')} not: ${refused[0]?.message ?? NOT_DONE}`]
          : []),
      ].join(' ');
      toast({
        text,
        kind: refused.length > 0 ? 'error' : 'news',
        ...(isDone && { onUndo: () => void undo() }),
      });
    } catch (error) {
      putBack();
      toast({ kind: 'error', text: wordsOf(error) });
    }
    await settle();
  };

  return { act, undo };
}

const NOT_DONE = 'The case changed meanwhile; look at it again.';
