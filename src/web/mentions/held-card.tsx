import { Button, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import type { Decision, HeldMention } from '../../contract/mentions.ts';
import { useSignedIn } from '../api/session.ts';
import { useCall } from '../api/use-api.ts';
import { AccountBadge, OpinionChip, OriginalLink, PlatformIcon } from '../ui/bits.tsx';
import { wordsOf } from '../ui/form.tsx';
import { mentionPath } from '../ui/links.ts';
import { MarkedText } from '../ui/marked-text.tsx';
import { Card } from '../ui/page.tsx';
import { moment } from '../ui/time.ts';
import { useToast } from '../ui/toasts.tsx';
import { CorrectionForm } from './correction-form.tsx';
import css from './mention-page.module.css';

const TOLD = {
  release: 'Released. It goes on to the departments.',
  confirm: 'Confirmed. It goes on to the departments.',
  correct: 'Corrected. It goes on to the departments.',
} as const;

export function HeldCard({ mention }: { readonly mention: HeldMention }): ReactNode {
  const { mentionId, platform, author, account, occurredAt, url, text, opinions, outcome, outcomeReason } =
    mention;
  const { me } = useSignedIn();
  const [isCorrecting, setCorrecting] = useState(false);
  const { decide, isBusy } = useDecide(mentionId);
  const mayDecide = me.role === 'admin' || me.role === 'lead';
  return (
    <Card>
      <p className={css.meta}>
        <PlatformIcon platform={platform} />
        <strong>{author}</strong>
        <AccountBadge account={account} />
        <time dateTime={occurredAt}>{moment(occurredAt)}</time>
        {outcomeReason && <span>{outcomeReason}</span>}
      </p>
      <MarkedText text={text} spans={opinions} />
      <div className={css.actions}>
        {mayDecide && outcome === 'quarantined' && (
          <Button size="xs" variant="light" loading={isBusy} onClick={() => decide({ kind: 'release' })}>
            Release
          </Button>
        )}
        {mayDecide && outcome === 'unsure' && (
          <>
            <Button size="xs" variant="light" loading={isBusy} onClick={() => decide({ kind: 'confirm' })}>
              The model is right
            </Button>
            <Button size="xs" variant="default" onClick={() => setCorrecting(true)}>
              Correct
            </Button>
          </>
        )}
        {opinions.map(({ opinionId, aspect, polarity, confidence }) => (
          <OpinionChip
            key={opinionId}
            aspect={aspect}
            polarity={polarity}
            note={`${Math.round(confidence * 100)} %`}
          />
        ))}
        <Link href={mentionPath(mentionId)}>whole page</Link>
        <OriginalLink url={url} />
      </div>
      <Modal opened={isCorrecting} onClose={() => setCorrecting(false)} title="What does it say?">
        <CorrectionForm
          mention={mention}
          onSend={(decision) => {
            setCorrecting(false);
            decide(decision);
          }}
        />
      </Modal>
    </Card>
  );
}

/** Sends a decision; the message leaves the list when it is made, or was made by somebody else. */
function useDecide(id: string): { decide: (decision: Decision) => void; isBusy: boolean } {
  const call = useCall();
  const client = useQueryClient();
  const toast = useToast();
  const { mutate, isPending } = useMutation({
    mutationFn: (decision: Decision) => call('decideMention', { params: { id }, body: decision }),
    onSuccess: (_, { kind }) => toast({ text: TOLD[kind] }),
    onError: (error) => toast({ kind: 'error', text: wordsOf(error) }),
    onSettled: () =>
      Promise.all(
        ['listHeldMentions', 'countCases', 'getMention'].map((name) =>
          client.invalidateQueries({ queryKey: [name] }),
        ),
      ),
  });
  return { decide: mutate, isBusy: isPending };
}
