import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconPrinter } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useApi } from '../api/use-api.ts';
import { digestPath } from '../ui/links.ts';
import { addDays } from '../ui/time.ts';
import { capital } from '../ui/words.ts';
import css from './digest-page.module.css';

/** Which digest, and of which day. */
export function DayPicker({ name, date }: { readonly name: string; readonly date: string }): ReactNode {
  const [, go] = useLocation();
  const digests = useApi('listDigests', {}).data?.digests ?? [];
  const today = digests.find((digest) => digest.name === name)?.today;
  const isLast = today !== undefined && date >= today;
  const toDay = (day: string): void => go(digestPath(name, day));
  return (
    <div className={css.picker}>
      {digests.length > 1 && (
        <NativeSelect
          aria-label="Digest"
          className={css.which ?? ''}
          size="sm"
          data={digests.map((digest) => ({
            value: digest.name,
            label: digest.department === null ? 'Whole company' : capital(digest.department),
          }))}
          value={name}
          onChange={(event) => go(digestPath(event.currentTarget.value, date))}
        />
      )}
      <ActionIcon
        variant="default"
        size={36}
        aria-label="The day before"
        onClick={() => toDay(addDays(date, -1))}
      >
        <IconChevronLeft size={18} />
      </ActionIcon>
      <TextInput
        type="date"
        className={css.day ?? ''}
        aria-label="Day"
        size="sm"
        required
        value={date}
        max={today ?? ''}
        onChange={({ currentTarget: { value } }) => value && toDay(value)}
      />
      <ActionIcon
        variant="default"
        size={36}
        aria-label="The day after"
        disabled={isLast}
        onClick={() => toDay(addDays(date, 1))}
      >
        <IconChevronRight size={18} />
      </ActionIcon>
      {today !== undefined && !isLast && (
        <Button variant="default" size="sm" onClick={() => toDay(today)}>
          Today
        </Button>
      )}
      <ActionIcon variant="default" size={36} aria-label="Print" onClick={() => window.print()}>
        <IconPrinter size={18} />
      </ActionIcon>
    </div>
  );
}
