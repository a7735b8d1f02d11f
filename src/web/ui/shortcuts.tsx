import { Kbd, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import css from './shortcuts.module.css';

const GROUPS = [
  {
    name: 'In the list',
    keys: [
      ['j k', 'next, previous'],
      ['o ⏎', 'open'],
      ['x', 'select'],
      ['/', 'search'],
    ],
  },
  {
    name: 'With a case, or all selected',
    keys: [
      ['1', 'accept'],
      ['3', 'not ours'],
      ['a', 'assign'],
      ['h', 'snooze'],
      ['e', 'resolve'],
      ['n', 'note'],
      ['l', 'correct a label'],
      ['z', 'undo'],
    ],
  },
  {
    name: 'Go to',
    keys: [
      ['g i', 'inbox'],
      ['g d', 'digest'],
      ['g q', 'quarantine'],
      ['g u', 'unsure'],
      ['g s', 'sources'],
      ['?', 'these keys'],
    ],
  },
] as const;

export function ShortcutsOverlay({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}): ReactNode {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Keyboard shortcuts" size="lg">
      <div className={css.groups}>
        {GROUPS.map(({ name, keys }) => (
          <section key={name}>
            <h3 className={css.name}>{name}</h3>
            <dl className={css.keys}>
              {keys.map(([pressed, does]) => (
                <div key={pressed}>
                  <dt>
                    {pressed.split(' ').map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
