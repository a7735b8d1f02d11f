import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useSearchParams } from 'wouter';
import { operationEndpoints } from '../../contract/operations.ts';
import { callApi } from '../api/call.ts';
import { Hidden } from '../ui/bits.tsx';
import { Card, Page } from '../ui/page.tsx';
import { EmptyState, waitingFor } from '../ui/states.tsx';
import table from '../ui/table.module.css';
import { DeliveryLine } from './delivery-line.tsx';
import { DisabledDestinations } from './disabled-destinations.tsx';
import { useReplay } from './use-replay.ts';

const {
  status: StatusFilter,
  kind: KindFilter,
  receiver: ReceiverFilter,
} = operationEndpoints.listDeliveries.query.shape;
const STATUSES = StatusFilter.unwrap().options;
const KINDS = KindFilter.unwrap().options;

/** The ledger of what goes out; what failed or went wrong can be sent once more. */
export function DeliveriesPage(): ReactNode {
  const [search, setSearch] = useSearchParams();
  const filter = {
    status: StatusFilter.safeParse(search.get('status') ?? undefined).data,
    kind: KindFilter.safeParse(search.get('kind') ?? undefined).data,
    receiver: ReceiverFilter.safeParse(search.get('receiver') || undefined).data,
  };
  const narrow = (key: string, value: string): void =>
    setSearch((current) => {
      const next = new URLSearchParams(current);
      if (value === '') next.delete(key);
      else next.set(key, value);
      return next;
    });
  const asked = useInfiniteQuery({
    queryKey: ['listDeliveries', filter],
    queryFn: ({ pageParam, signal }) =>
      callApi('listDeliveries', { query: { ...filter, cursor: pageParam } }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const deliveries = asked.data?.pages.flatMap((page) => page.deliveries) ?? [];
  const receivers = [
    ...new Set([
      ...deliveries.map(({ receiver }) => receiver),
      ...(filter.receiver ? [filter.receiver] : []),
    ]),
  ];
  return (
    <Page
      title="Deliveries"
      lead="Every message that goes out, with its attempts."
      aside={
        <>
          <Choice
            label="Status"
            value={filter.status}
            of={STATUSES}
            onChange={(value) => narrow('status', value)}
          />
          <Choice label="Kind" value={filter.kind} of={KINDS} onChange={(value) => narrow('kind', value)} />
          <Choice
            label="Receiver"
            value={filter.receiver}
            of={receivers}
            onChange={(value) => narrow('receiver', value)}
          />
        </>
      }
    >
      <DisabledDestinations />
      {waitingFor(asked)}
      {asked.data && deliveries.length === 0 && (
        <EmptyState title="Nothing went out yet, or nothing that fits">
          <p>Deliveries are made by routes that notify, and by digests.</p>
        </EmptyState>
      )}
      {deliveries.length > 0 && <Ledger key={JSON.stringify(filter)} deliveries={deliveries} />}
      {asked.hasNextPage && (
        <Button
          variant="default"
          loading={asked.isFetchingNextPage}
          onClick={() => void asked.fetchNextPage()}
        >
          Show older deliveries
        </Button>
      )}
    </Page>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly of: readonly string[];
  readonly onChange: (value: string) => void;
}

function Choice({ label, value = '', of, onChange }: ChoiceProps): ReactNode {
  return (
    <NativeSelect
      aria-label={label}
      size="xs"
      data={[{ value: '', label: `${label}: any` }, ...of]}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

type Deliveries = Parameters<typeof DeliveryLine>[0]['delivery'][];

function Ledger({ deliveries }: { readonly deliveries: Deliveries }): ReactNode {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { replay, isBusy } = useReplay(() => setChosen(new Set()));
  const replayable = deliveries.filter(({ status }) => status === 'dead' || status === 'delivered');
  const choose = (id: string): void =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <Card>
      <div className={table.tools}>
        <Checkbox
          size="sm"
          label={chosen.size > 0 ? `${chosen.size} chosen` : 'Choose all that can be sent again'}
          checked={chosen.size > 0 && chosen.size === replayable.length}
          indeterminate={chosen.size > 0 && chosen.size < replayable.length}
          onChange={() =>
            setChosen(new Set(chosen.size > 0 ? [] : replayable.slice(0, 200).map(({ id }) => id)))
          }
        />
        {chosen.size > 0 && (
          <Button size="compact-sm" loading={isBusy} onClick={() => replay([...chosen])}>
            Send again
          </Button>
        )}
      </div>
      <table className={table.table}>
        <thead>
          <tr>
            <th>
              <Hidden>Chosen</Hidden>
            </th>
            <th>What</th>
            <th>To</th>
            <th>State</th>
            <th>When</th>
          </tr>
        </thead>
        <tbody>
          {deliveries.map((delivery) => (
            <DeliveryLine
              key={delivery.id}
              delivery={delivery}
              isChosen={chosen.has(delivery.id)}
              onChoose={() => choose(delivery.id)}
            />
          ))}
        </tbody>
      </table>
    </Card>
  );
}
