import { type ReactNode, useMemo } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { AnalysisPage } from './analysis/analysis-page.tsx';
import { SignedInContext } from './api/session.ts';
import { useApi } from './api/use-api.ts';
import { ConfigPage } from './config/config-page.tsx';
import { DigestPage, NewestDigest } from './digest/digest-page.tsx';
import { EvidencePage } from './digest/evidence-page.tsx';
import { ConfirmPage } from './inbox/confirm-page.tsx';
import { InboxPage } from './inbox/inbox-page.tsx';
import { HeldPage } from './mentions/held-page.tsx';
import { MentionPage } from './mentions/mention-page.tsx';
import { DeliveriesPage } from './operations/deliveries-page.tsx';
import { SourcesPage } from './operations/sources-page.tsx';
import { KeysPage } from './people/keys-page.tsx';
import { PeoplePage } from './people/people-page.tsx';
import { Shell } from './shell.tsx';
import { ChoosePassword } from './sign-in/choose-password.tsx';
import { SignIn } from './sign-in/sign-in.tsx';
import { SilencesPage } from './silences/silences-page.tsx';
import { ThemePage } from './themes/theme-page.tsx';
import { ThemesPage } from './themes/themes-page.tsx';
import { Page } from './ui/page.tsx';
import { EmptyState, waitingFor } from './ui/states.tsx';

/** The sign-in pages until somebody is signed in, then all others. */
export function App(): ReactNode {
  const asked = useApi('getSession', {});
  const [path] = useLocation();
  const session = asked.data;
  const me = session?.me ?? null;
  const signedIn = useMemo(() => (session && me ? { me, session } : null), [session, me]);
  if (!session) return waitingFor(asked);
  if (path === '/first-run') return <ChoosePassword isFirstRun />;
  if (path === '/invitation') return <ChoosePassword isFirstRun={false} />;
  if (signedIn === null) return <SignIn session={session} />;
  return (
    <SignedInContext value={signedIn}>
      <Shell>
        <Pages isReader={signedIn.me.role === 'executive'} />
      </Shell>
    </SignedInContext>
  );
}

function Pages({ isReader }: { readonly isReader: boolean }): ReactNode {
  return (
    <Switch>
      <Route path="/">
        <Redirect to={isReader ? '/digests' : '/inbox'} replace />
      </Route>
      <Route path="/inbox" component={InboxPage} />
      <Route path="/cases/:id/:action">{({ id, action }) => <ConfirmPage id={id} action={action} />}</Route>
      <Route path="/digests">
        <NewestDigest name={null} />
      </Route>
      <Route path="/digests/:name">{({ name }) => <NewestDigest name={name} />}</Route>
      <Route path="/digests/:name/:date">{({ name, date }) => <DigestPage name={name} date={date} />}</Route>
      <Route path="/digests/:name/:date/evidence">
        {({ name, date }) => <EvidencePage name={name} date={date} />}
      </Route>
      <Route path="/mentions/:id">{({ id }) => <MentionPage id={id} />}</Route>
      <Route path="/quarantine">
        <HeldPage outcome="quarantined" />
      </Route>
      <Route path="/unsure">
        <HeldPage outcome="unsure" />
      </Route>
      <Route path="/sources" component={SourcesPage} />
      <Route path="/themes" component={ThemesPage} />
      <Route path="/themes/:id">{({ id }) => <ThemePage key={id} id={id} />}</Route>
      <Route path="/silences" component={SilencesPage} />
      <Route path="/deliveries" component={DeliveriesPage} />
      <Route path="/analysis" component={AnalysisPage} />
      <Route path="/config" component={ConfigPage} />
      <Route path="/people" component={PeoplePage} />
      <Route path="/keys" component={KeysPage} />
      <Route>
        <Page title="Nothing here">
          <EmptyState title="There is no page at this address">
            <p>The link may be old or mistyped. The menu above has all pages.</p>
          </EmptyState>
        </Page>
      </Route>
    </Switch>
  );
}
