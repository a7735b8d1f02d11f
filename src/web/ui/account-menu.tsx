import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconMenu2 } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { useSignedIn } from '../api/session.ts';
import { useCall } from '../api/use-api.ts';
import css from './account-menu.module.css';
import { ChangePassword } from './change-password.tsx';
import { useToast } from './toasts.tsx';

interface Props {
  /** Where a narrow page goes from here. */
  readonly places: readonly { readonly path: string; readonly name: string }[];
  readonly onShowKeys: () => void;
}

export function AccountMenu({ places, onShowKeys }: Props): ReactNode {
  const { me } = useSignedIn();
  const [, go] = useLocation();
  const [isChanging, setChanging] = useState(false);
  const signOut = useSignOut();
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            fw={500}
            c="var(--ink)"
            aria-label={`Menu of ${me.name}`}
            rightSection={<IconChevronDown size={14} className={css.wide} />}
          >
            <IconMenu2 size={20} className={css.narrow} />
            <span className={css.name}>{me.name}</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            {me.email} · {me.role}
          </Menu.Label>
          {places.map(({ path, name }) => (
            <Menu.Item key={path} className={css.place ?? ''} onClick={() => go(path)}>
              {name}
            </Menu.Item>
          ))}
          <Menu.Divider className={css.place ?? ''} />
          <Menu.Item onClick={onShowKeys}>Keyboard shortcuts</Menu.Item>
          <Menu.Item onClick={() => setChanging(true)}>Change password</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => void signOut('signOut')}>Sign out</Menu.Item>
          <Menu.Item onClick={() => void signOut('signOutEverywhere')}>Sign out on every device</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ChangePassword isOpen={isChanging} onClose={() => setChanging(false)} />
    </>
  );
}

/** Signs out and shows the sign-in page; without an answer one stays signed in and is told so. */
function useSignOut(): (which: 'signOut' | 'signOutEverywhere') => Promise<void> {
  const call = useCall();
  const client = useQueryClient();
  const toast = useToast();
  const [, go] = useLocation();
  return async (which) => {
    try {
      await call(which, {});
      go('/');
      await client.resetQueries();
    } catch (error) {
      toast({ kind: 'error', text: error instanceof Error ? error.message : 'Signing out did not work.' });
    }
  };
}
