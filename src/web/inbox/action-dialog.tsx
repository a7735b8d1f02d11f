import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CaseAction, CaseDetail, CaseRow } from '../../contract/cases.ts';
import { Loading } from '../ui/states.tsx';
import { AssignForm } from './assign-form.tsx';
import { CorrectForm } from './correct-form.tsx';
import { NotOursForm } from './not-ours-form.tsx';
import { NoteForm } from './note-form.tsx';
import { ResolveForm } from './resolve-form.tsx';
import { SnoozeForm } from './snooze-form.tsx';

export type DialogKind = 'assign' | 'not-ours' | 'snooze' | 'resolve' | 'note' | 'correct';

const TITLES: Readonly<Record<DialogKind, string>> = {
  assign: 'Assign',
  'not-ours': 'Not ours',
  snooze: 'Snooze',
  resolve: 'Resolve',
  note: 'Note',
  correct: 'Correct a label',
};

interface Props {
  readonly kind: DialogKind | null;
  readonly cases: readonly CaseRow[];
  readonly detail: CaseDetail | null;
  readonly onSend: (action: CaseAction) => void;
  readonly onClose: () => void;
}

/** Asks for what an action needs before it can be done. */
export function ActionDialog({ kind, cases, detail, onSend, onClose }: Props): ReactNode {
  const many = cases.length > 1 ? `: ${cases.length} cases` : '';
  return (
    <Modal
      opened={kind !== null}
      onClose={onClose}
      returnFocus={false}
      title={kind && `${TITLES[kind]}${many}`}
      transitionProps={{ duration: 0 }}
    >
      {kind && <Form kind={kind} cases={cases} detail={detail} onSend={onSend} />}
    </Modal>
  );
}

interface FormProps extends Omit<Props, 'kind' | 'onClose'> {
  readonly kind: DialogKind;
}

function Form({ kind, cases, detail, onSend }: FormProps): ReactNode {
  switch (kind) {
    case 'assign':
      return <AssignForm cases={cases} onSend={onSend} />;
    case 'not-ours':
      return <NotOursForm cases={cases} onSend={onSend} />;
    case 'snooze':
      return <SnoozeForm onSend={onSend} />;
    case 'resolve':
      return <ResolveForm onSend={onSend} />;
    case 'note':
      return <NoteForm onSend={onSend} />;
    case 'correct':
      return detail ? <CorrectForm detail={detail} onSend={onSend} /> : <Loading rows={3} />;
  }
}
