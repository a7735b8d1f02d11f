import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { CaseAction, CaseRow } from '../../contract/cases.ts';
import { useApi, useCall } from '../api/use-api.ts';
import { useWatch } from '../api/watch.ts';
import { useTitle } from '../ui/page.tsx';
import { useKeys } from '../ui/use-keys.ts';
import { TAB_NAMES } from '../ui/words.ts';
import { ActionDialog, type DialogKind } from './action-dialog.tsx';
import { nextRow } from './arrange.ts';
import { BulkBar } from './bulk-bar.tsx';
import { CaseDetailPane } from './case-detail.tsx';
import { CaseListPane } from './case-list.tsx';
import { rowId } from './case-row.tsx';
import { FilterBar } from './filter-bar.tsx';
import css from './inbox-page.module.css';
import { usePlace } from './place.ts';
import { Rail } from './rail.tsx';
import { useCaseActions } from './use-case-actions.ts';
import { useCaseList } from './use-case-list.ts';

const NONE: ReadonlySet<string> = new Set();

/** Rail, list and detail. The cursor is the row that keys act on; selected rows come before it. */
export function InboxPage(): ReactNode {
  const { place, move, hrefOf } = usePlace();
  const list = useCaseList(place.filter);
  const [cursorWish, setCursor] = useState<string | null>(place.caseId);
  const [selected, setSelected] = useState(NONE);
  const [dialog, setDialog] = useState<DialogKind | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const { caseId } = place;
  const detail = useApi('getCase', { params: { id: caseId ?? '0' } }, { isOff: caseId === null });
  useTitle(TAB_NAMES[place.tab]);
  useSeen(caseId);
  useLiveCases();

  const { rows } = list;
  const cursor = rows.find(({ id }) => id === cursorWish)?.id ?? rows[0]?.id ?? null;
  const focusLater = useFocusLater();
  const goTo = (id: string | null): void => {
    setCursor(id);
    focusLater(id === null ? 'content' : rowId(id));
  };
  const here = useRef(cursorWish);
  useEffect(() => {
    here.current = cursorWish;
  }, [cursorWish]);
  const { act, undo } = useCaseActions(list, place, here, goTo);

  const openRow = rows.find(({ id }) => id === caseId) ?? (caseId ? detail.data?.case : undefined);
  const current = openRow ?? rows.find(({ id }) => id === cursor);
  const targets: readonly CaseRow[] =
    selected.size > 0 ? rows.filter(({ id }) => selected.has(id)) : current ? [current] : [];

  const step = (by: 1 | -1): void => {
    const at = rows.findIndex(({ id }) => id === cursor);
    const isHere = document.activeElement?.id === rowId(cursor ?? '');
    const next = rows[Math.min(Math.max(at + (isHere ? by : 0), 0), rows.length - 1)];
    if (!next) return;
    goTo(next.id);
    if (caseId !== null) move({ case: next.id }, { replace: true });
  };
  const toggle = (id: string | null): void => {
    if (id === null) return;
    setSelected((before) =>
      before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id]),
    );
  };
  const open = (id: string | null): void => {
    if (id === null) return;
    setCursor(id);
    move({ case: id });
  };
  const close = (): void => {
    move({ case: null });
    if (caseId !== null) focusLater(rowId(caseId));
  };
  const send = (action: CaseAction, cases = targets): void => {
    setDialog(null);
    setSelected(NONE);
    const staysHere = action.kind === 'note' || action.kind === 'correct';
    const next = staysHere ? (cases[0]?.id ?? null) : nextRow(rows, new Set(cases.map(({ id }) => id)));
    goTo(next);
    if (caseId !== null && !staysHere) move({ case: next }, { replace: true });
    void act(cases, action);
  };
  const ask = (kind: DialogKind): void => {
    if (targets.length === 0) return;
    if (kind === 'correct' && caseId === null) open(cursor);
    setDialog(kind);
  };
  const closeDialog = (): void => {
    setDialog(null);
    if (cursor !== null) focusLater(rowId(cursor));
  };

  useKeys({
    j: () => step(1),
    ArrowDown: () => step(1),
    k: () => step(-1),
    ArrowUp: () => step(-1),
    x: () => toggle(cursor),
    o: () => open(cursor),
    Escape: () => (selected.size > 0 ? setSelected(NONE) : close()),
    '1': () => targets.length > 0 && send({ kind: 'accept' }),
    '3': () => ask('not-ours'),
    a: () => ask('assign'),
    h: () => ask('snooze'),
    e: () => ask('resolve'),
    n: () => ask('note'),
    l: () => ask('correct'),
    z: () => void undo(),
    '/': () => search.current?.focus(),
  });

  return (
    <div className={css.inbox} data-open={caseId !== null || undefined}>
      <h1 className={css.title}>Inbox: {TAB_NAMES[place.tab]}</h1>
      <Rail place={place} hrefOf={hrefOf} />
      <section className={css.list} aria-label="Cases">
        <FilterBar place={place} move={move} searchRef={search} />
        {selected.size > 0 && (
          <BulkBar
            count={selected.size}
            onAsk={ask}
            onAccept={() => send({ kind: 'accept' })}
            onClear={() => setSelected(NONE)}
          />
        )}
        <div className={css.scroll}>
          <CaseListPane
            list={list}
            place={place}
            cursor={cursor}
            selected={selected}
            onOpen={open}
            onFocus={setCursor}
            onToggle={toggle}
            onRefresh={() => void list.refresh()}
          />
        </div>
      </section>
      <CaseDetailPane
        key={caseId}
        caseId={caseId}
        asked={detail}
        onAsk={ask}
        onSend={(action) => openRow && send(action, [openRow])}
        onClose={close}
        onUndo={(eventId) => void undo([eventId])}
      />
      <ActionDialog
        kind={dialog}
        cases={targets}
        detail={detail.data ?? null}
        onSend={send}
        onClose={closeDialog}
      />
    </div>
  );
}

/** Focuses an element once the page is drawn with it. */
function useFocusLater(): (id: string) => void {
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    const element = document.getElementById(wanted.current);
    if (!element) return;
    wanted.current = null;
    element.focus();
    element.scrollIntoView({ block: 'nearest' });
  });
  return (id) => {
    wanted.current = id;
  };
}

/** An opened case counts as seen. */
function useSeen(caseId: string | null): void {
  const call = useCall();
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: (id: string) => call('markCaseSeen', { params: { id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['listCases'] }),
  });
  useEffect(() => {
    if (caseId !== null) mutate(caseId);
  }, [caseId, mutate]);
}

/** Asks again for what the stream of events says has changed. */
function useLiveCases(): void {
  const client = useQueryClient();
  useWatch({
    onChange: () => {
      for (const name of ['listCases', 'countCases', 'getCase'])
        void client.invalidateQueries({ queryKey: [name] });
    },
    onEnd: () => void client.invalidateQueries({ queryKey: ['getSession'] }),
  });
}
