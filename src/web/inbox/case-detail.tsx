import { ActionIcon } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CaseAction, CaseDetail } from '../../contract/cases.ts';
import { OpinionChip, TallyText } from '../ui/bits.tsx';
import { EmptyState, waitingFor } from '../ui/states.tsx';
import { capital, count, STATUS_NAMES } from '../ui/words.ts';
import { AccountPanel } from './account-panel.tsx';
import { ActionBar } from './action-bar.tsx';
import type { DialogKind } from './action-dialog.tsx';
import css from './case-detail.module.css';
import { CaseHistory } from './case-history.tsx';
import { MentionCard } from './mention-card.tsx';
import { OutcomeBox } from './outcome-box.tsx';
import { ThreadPanel } from './thread-panel.tsx';

interface Props {
  readonly caseId: string | null;
  readonly asked: UseQueryResult<CaseDetail>;
  readonly onAsk: (kind: DialogKind) => void;
  readonly onSend: (action: CaseAction) => void;
  readonly onClose: () => void;
  readonly onUndo: (eventId: string) => void;
}

export function CaseDetailPane({ caseId, asked, onClose, ...actions }: Props): ReactNode {
  if (caseId === null)
    return (
      <aside className={css.pane} aria-label="The open case">
        <EmptyState title="No case is open">
          <p>
            Choose one with <kbd>j</kbd> and <kbd>k</kbd>, and open it with <kbd>o</kbd>. <kbd>?</kbd> shows
            all keys.
          </p>
        </EmptyState>
      </aside>
    );
  return (
    <aside className={css.pane} aria-label="The open case">
      <div className={css.head}>
        <ActionIcon
          className={css.back ?? ''}
          variant="subtle"
          size="lg"
          aria-label="Back to the list"
          onClick={onClose}
        >
          <IconArrowLeft size={20} />
        </ActionIcon>
        {asked.data && <ActionBar row={asked.data.case} {...actions} />}
      </div>
      <div className={css.scroll} tabIndex={-1} ref={focusWhenAlone}>
        {asked.data ? <Detail detail={asked.data} {...actions} /> : waitingFor(asked)}
      </div>
    </aside>
  );
}

/** Where the case covers the list, its reader goes on in the case. */
function focusWhenAlone(pane: HTMLDivElement | null): void {
  if (window.matchMedia('(max-width: 799px)').matches) pane?.focus();
}

type Actions = Pick<Props, 'onAsk' | 'onSend' | 'onUndo'>;

function Detail({ detail, onAsk, onSend, onUndo }: Actions & { readonly detail: CaseDetail }): ReactNode {
  const { case: row, mentions, thread, account, history } = detail;
  const unseen = row.tally.messages - mentions.length;
  return (
    <div className={css.detail}>
      <div>
        <h2 className={css.title}>
          {capital(row.department)} · {STATUS_NAMES[row.status]}
        </h2>
        <p className={css.summary}>
          {row.chips.map(({ aspect, polarity, opinions }) => (
            <OpinionChip
              key={`${aspect} ${polarity}`}
              aspect={aspect}
              polarity={polarity}
              note={opinions > 1 ? String(opinions) : undefined}
            />
          ))}
          <TallyText tally={row.tally} />
        </p>
      </div>
      {mentions.map((mention, index) => (
        <MentionCard
          key={mention.mentionId}
          mention={mention}
          isFirst={index === 0}
          onCorrect={() => onAsk('correct')}
        />
      ))}
      {unseen > 0 && <p className={css.summary}>{count(unseen, 'older message')} not shown.</p>}
      <ThreadPanel thread={thread} />
      {account && <AccountPanel account={account} />}
      <OutcomeBox row={row} onAsk={onAsk} onSend={onSend} />
      <CaseHistory history={history} onUndo={onUndo} />
    </div>
  );
}
