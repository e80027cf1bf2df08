import { useEffect } from 'preact/hooks';
import { nowSeconds } from './clock.ts';
import type { Route } from './routes.ts';
import { address, route } from './navigation.ts';
import { AddMailbox } from './pages/add-mailbox.tsx';
import { Dns } from './pages/dns.tsx';
import { Domain } from './pages/domain.tsx';
import { Mailboxes } from './pages/mailboxes.tsx';
import { NotFound } from './pages/not-found.tsx';
import { Overview } from './pages/overview.tsx';
import { Proof } from './pages/proof.tsx';
import { Report } from './pages/report.tsx';
import { Reports } from './pages/reports.tsx';
import { Source } from './pages/source.tsx';
import { WhatIf } from './pages/what-if.tsx';
import { Notices } from './parts/notices.tsx';
import { health } from './endpoints.ts';
import { THEMES, chooseTheme, theme } from './theme.ts';
import { useResource } from './use-resource.ts';

/** The frame around every page. */
export function App() {
  const server = useResource(health);
  const now = nowSeconds.value;
  useEffect(server.reload, [now]);
  return (
    <>
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <Header page={route.value.page} />
      <Notices health={server.value} />
      <main id="content" key={address.value.pathname} tabIndex={-1}>
        <Page route={route.value} />
      </main>
      <Footer version={server.value?.version ?? null} />
    </>
  );
}

function Page({ route: shown }: { route: Route }) {
  switch (shown.page) {
    case 'overview':
      return <Overview />;
    case 'domain':
      return <Domain name={shown.domain} />;
    case 'what-if':
      return <WhatIf domain={shown.domain} />;
    case 'dns':
      return <Dns domain={shown.domain} />;
    case 'proof':
      return <Proof domain={shown.domain} />;
    case 'source':
      return <Source domain={shown.domain} id={shown.source} />;
    case 'reports':
      return <Reports />;
    case 'report':
      return <Report id={shown.id} />;
    case 'mailboxes':
      return <Mailboxes />;
    case 'add-mailbox':
      return <AddMailbox />;
    case 'not-found':
      return <NotFound />;
  }
}

const NAV: readonly [href: string, label: string, pages: readonly Route['page'][]][] = [
  ['/', 'Domains', ['overview', 'domain', 'source', 'what-if', 'dns', 'proof']],
  ['/mailboxes', 'Mailboxes', ['mailboxes', 'add-mailbox']],
  ['/reports', 'Reports', ['reports', 'report']],
];

function Header({ page }: { page: Route['page'] }) {
  return (
    <header>
      <div class="bar">
        <a class="wordmark" href="/">
          Ruadmap
        </a>
        <nav aria-label="Pages">
          {NAV.map(([href, label, pages]) => (
            <a key={href} href={href} aria-current={pages.includes(page) ? 'page' : undefined}>
              {label}
            </a>
          ))}
        </nav>
        <label class="theme">
          <span class="visually-hidden">Colours</span>
          <select value={theme.value} onChange={(event) => chooseTheme(event.currentTarget.value)}>
            {THEMES.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
    </header>
  );
}

function Footer({ version }: { version: string | null }) {
  return (
    <footer>
      <p>
        Ruadmap {version} · days are UTC, times are yours · IP to AS data by ip-location-db
        (RouteViews, <a href="https://db-ip.com">DB-IP</a>, CC BY 4.0)
      </p>
    </footer>
  );
}
