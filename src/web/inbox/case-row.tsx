import { IconCheck, IconClock } from '@tabler/icons-react';
import { memo, type ReactNode } from 'react';
import { AccountBadge, Age, Hidden, OpinionChip, PlatformIcon, TallyText, Urgency } from '../ui/bits.tsx';
import { useNow } from '../ui/now.tsx';
import { distance, moment } from '../ui/time.ts';
import type { ListedCase } from './arrange.ts';
import css from './case-row.module.css';

interface Props {
  readonly row: ListedCase;
  readonly isCursor: boolean;
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  readonly onOpen: (id: string) => void;
  readonly onFocus: (id: string) => void;
  readonly onToggle: (id: string) => void;
}

export function rowId(caseId: string): string {
  return `case-${caseId}`;
}

/** One case in two lines: its best words, then of what, from whom and until when. */
export const CaseRowItem = memo(function CaseRowItem(props: Props): ReactNode {
  const { row, isCursor, isOpen, isSelected, onOpen, onFocus, onToggle } = props;
  return (
    <div
      id={rowId(row.id)}
      role="option"
      aria-selected={isSelected}
      aria-current={isOpen ? 'true' : undefined}
      tabIndex={isCursor ? 0 : -1}
      className={css.row}
      data-unread={row.isUnread || undefined}
      data-gone={row.isGone || undefined}
      onFocus={() => onFocus(row.id)}
      onClick={() => onOpen(row.id)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') onOpen(row.id);
      }}
    >
      <span
        className={css.check}
        aria-hidden="true"
        onClick={(event) => {
          event.stopPropagation();
          onToggle(row.id);
        }}
      >
        <span className={css.box}>{isSelected && <IconCheck size={12} stroke={3} />}</span>
      </span>
      <Urgency level={row.urgency} />
      <span className={css.body}>
        <span className={css.line}>
          {row.platforms.slice(0, 2).map((platform) => (
            <PlatformIcon key={platform} platform={platform} />
          ))}
          <span className={css.quote}>{quoteOf(row)}</span>
          {row.isUnread && (
            <span className={css.dot}>
              <Hidden>unread</Hidden>
            </span>
          )}
          <span className={css.age}>
            <Age at={row.lastHeardAt} />
          </span>
        </span>
        <span className={css.line}>
          <span className={css.chips}>
            {row.chips.slice(0, 3).map(({ aspect, polarity }) => (
              <OpinionChip key={`${aspect} ${polarity}`} aspect={aspect} polarity={polarity} />
            ))}
          </span>
          <TallyText tally={row.tally} />
          <span className={css.right}>
            <AccountBadge account={row.topAccount} />
            <Due row={row} />
            {row.assignee && (
              <span className={css.assignee} title={`assigned to ${row.assignee.name}`}>
                <span aria-hidden="true">{initials(row.assignee.name)}</span>
                <Hidden>assigned to {row.assignee.name}</Hidden>
              </span>
            )}
          </span>
        </span>
      </span>
    </div>
  );
});

function initials(name: string): string {
  const words = name.split(/\s+/u).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word = '') => /./u.exec(word)?.[0] ?? '')
    .join('')
    .toUpperCase();
}

function quoteOf({ quote, isGone }: ListedCase): string {
  if (isGone) return 'Dealt with meanwhile';
  if (quote === null) return 'Its messages are gone';
  return quote.text === null ? 'Erased' : quote.text.split('\n', 1)[0] || quote.text;
}

function Due({ row: { dueAt, snoozedUntil, status } }: { readonly row: ListedCase }): ReactNode {
  const now = useNow();
  if (status === 'snoozed' && snoozedUntil)
    return (
      <span className={css.due} title={moment(snoozedUntil)}>
        back in {distance(snoozedUntil, now)}
      </span>
    );
  if (dueAt === null || status === 'resolved' || status === 'declined') return null;
  const isLate = Date.parse(dueAt) < now;
  return (
    <span className={css.due} data-late={isLate || undefined} title={`due ${moment(dueAt)}`}>
      <IconClock size={12} aria-hidden="true" />
      {isLate ? 'late' : 'due'} {distance(dueAt, now)}
    </span>
  );
}
