import { Button, NativeSelect, Popover, Stack, TextInput } from '@mantine/core';
import { IconFilter, IconSearch, IconX } from '@tabler/icons-react';
import { type ReactNode, type RefObject, useState } from 'react';
import { PolarityName } from '../../contract/common.ts';
import { useWorkspace } from '../api/session.ts';
import { Hidden } from '../ui/bits.tsx';
import css from './filter-bar.module.css';
import { NARROWING, type Patch, type Place } from './place.ts';

interface Props {
  readonly place: Place;
  readonly move: (patch: Patch) => void;
  readonly searchRef: RefObject<HTMLInputElement | null>;
}

/** Words to search for and what else narrows the list; all of it stands in the address. */
export function FilterBar({ place, move, searchRef }: Props): ReactNode {
  const { filter } = place;
  const shown = NARROWING.filter((key) => filter[key] !== undefined);
  return (
    <div className={css.bar}>
      <div className={css.line}>
        <Search key={filter.q ?? ''} place={place} move={move} searchRef={searchRef} />
        <Popover position="bottom-end" width={260} trapFocus>
          <Popover.Target>
            <Button variant="default" size="sm" leftSection={<IconFilter size={16} />}>
              Filter
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <Choices place={place} move={move} />
          </Popover.Dropdown>
        </Popover>
      </div>
      {shown.length > 0 && (
        <ul className={css.chips} aria-label="Filters in force">
          {shown.map((key) => (
            <li key={key}>
              <button type="button" className={css.chip} onClick={() => move({ [key]: null })}>
                <Hidden>Remove the filter</Hidden>
                {key === 'q' ? 'has' : key}:{' '}
                {key === 'since' ? String(filter[key]).slice(0, 10) : String(filter[key])}
                <IconX size={13} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Search({ place, move, searchRef }: Props): ReactNode {
  const [words, setWords] = useState(place.filter.q ?? '');
  return (
    <form
      role="search"
      className={css.search}
      onSubmit={(event) => {
        event.preventDefault();
        move({ q: words.trim(), case: null });
      }}
    >
      <TextInput
        ref={searchRef}
        type="search"
        aria-label="Search in messages"
        placeholder="Search  ( / )"
        size="sm"
        maxLength={200}
        leftSection={<IconSearch size={16} />}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
    </form>
  );
}

function Choices({ place: { filter }, move }: Pick<Props, 'place' | 'move'>): ReactNode {
  const { aspects, tiers, sources, departments } = useWorkspace();
  const people = departments.flatMap(({ members }) => members);
  const names = [...new Map(people.map(({ id, name }) => [id, { value: id, label: name }])).values()];
  const selects = [
    { key: 'aspect', label: 'Aspect', data: aspects },
    { key: 'polarity', label: 'Polarity', data: PolarityName.options },
    { key: 'tier', label: 'Tier of the account', data: tiers },
    {
      key: 'assignee',
      label: 'Assigned to',
      data: [{ value: 'me', label: 'me' }, { value: 'unassigned', label: 'nobody' }, ...names],
    },
    { key: 'source', label: 'Source', data: sources },
  ] as const;
  return (
    <Stack gap="xs">
      {selects.map(({ key, label, data }) => (
        <NativeSelect
          key={key}
          label={label}
          size="xs"
          data={[{ value: '', label: 'any' }, ...data]}
          value={filter[key] ?? ''}
          onChange={(event) => move({ [key]: event.currentTarget.value, case: null })}
        />
      ))}
      <TextInput
        type="date"
        label="Opened since"
        size="xs"
        value={filter.since?.slice(0, 10) ?? ''}
        onChange={({ currentTarget: { value } }) =>
          move({ since: value && `${value}T00:00:00Z`, case: null })
        }
      />
    </Stack>
  );
}
