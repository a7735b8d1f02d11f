import type { ReactNode } from 'react';
import type { Digest } from '../../contract/digests.ts';
import { moment } from '../ui/time.ts';
import css from './digest-page.module.css';

/** What the numbers are made of. */
export function DigestFooter({ digest }: { readonly digest: Digest }): ReactNode {
  const {
    window,
    zone,
    config_version: config,
    models,
    compiled_at: compiled,
    next_run: next,
    bins,
    reread,
    refused_config: refusedConfig,
  } = digest;
  return (
    <footer className={css.footer}>
      <p>
        {moment(window.from)} to {moment(window.to)} on your clock, a day in {zone}. Compiled{' '}
        {moment(compiled)}. Next: {next}.
      </p>
      <p>
        Config {config} · model {models.join(', ') || 'none'} ·{' '}
        {Object.entries(bins)
          .map(([name, messages]) => `${binName(name)} ${messages.toLocaleString('en')}`)
          .join(' · ')}
      </p>
      {reread !== '' && <p>{reread}</p>}
      {refusedConfig && <p>{refusedConfig}</p>}
    </footer>
  );
}

function binName(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
