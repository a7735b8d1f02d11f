import { Button, NativeSelect, Popover, Stack, TextInput } from '@mantine/core';
import { IconBookmark, IconFilter, IconSearch } from '@tabler/icons-react';
import { type ReactNode, type RefObject, useState } from 'react';
import { PolarityName } from '../../contract/common.ts';
import { useWorkspace } from '../api/session.ts';
import css from './filter-bar.module.css';
import type { Patch, Place } from './place.ts';
import { SaveView } from './save-view.tsx';
import { valueOf, withValue } from './search-words.ts';

interface Props {
  readonly place: Place;
  readonly move: (patch: Patch) => void;
  readonly searchRef: RefObject<HTMLInputElement | null>;
}

/** What narrows the list, in query words that stand in the address; the choices write them for who does not know them. */
export function FilterBar({ place, move, searchRef }: Props): ReactNode {
  const { q } = place.filter;
  return (
    <div className={css.bar}>
      <Search key={q ?? ''} place={place} move={move} searchRef={searchRef} />
      <Popover position="bottom-end" width={260} trapFocus>
        <Popover.Target>
          <Button variant="default" size="sm" leftSection={<IconFilter size={16} />}>
            Filter
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <Choices search={q ?? ''} move={move} />
        </Popover.Dropdown>
      </Popover>
      {q !== undefined && (
        <Popover position="bottom-end" width={260} trapFocus>
          <Popover.Target>
            <Button variant="default" size="sm" px="xs" aria-label="Save this search as a view">
              <IconBookmark size={16} />
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <SaveView q={q} />
          </Popover.Dropdown>
        </Popover>
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
        aria-label="Search cases"
        placeholder={'polarity:neg tier:1 "per seat"  ( / )'}
        size="sm"
        maxLength={500}
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

function Choices({ search, move }: { readonly search: string; readonly move: Props['move'] }): ReactNode {
  const { aspects, tiers, sources, departments } = useWorkspace();
  const people = departments.flatMap(({ members }) => members.map(({ name }) => name));
  const selects = [
    { word: 'aspect', label: 'Aspect', data: aspects },
    { word: 'polarity', label: 'Polarity', data: PolarityName.options },
    { word: 'tier', label: 'Tier of the account', data: tiers },
    { word: 'assignee', label: 'Assigned to', data: ['me', 'nobody', ...new Set(people)] },
    { word: 'source', label: 'Source', data: sources },
  ] as const;
  const choose = (word: string, value: string): void =>
    move({ q: withValue(search, word, value), case: null });
  return (
    <Stack gap="xs">
      {selects.map(({ word, label, data }) => (
        <NativeSelect
          key={word}
          label={label}
          size="xs"
          data={[{ value: '', label: 'any' }, ...data]}
          value={valueOf(search, word) ?? ''}
          onChange={(event) => choose(word, event.currentTarget.value)}
        />
      ))}
      <TextInput
        type="date"
        label="Opened since"
        size="xs"
        value={valueOf(search, 'since') ?? ''}
        onChange={(event) => choose('since', event.currentTarget.value)}
      />
    </Stack>
  );
}
