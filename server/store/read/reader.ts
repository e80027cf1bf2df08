import type { Connection } from '../connection.ts';
import { createMailboxList } from '../mailbox-rows.ts';
import { schemaVersionOf } from '../migrate.ts';
import type { StoreReader } from '../store.ts';
import { guarded } from '../store-problem.ts';
import { createActiveAddresses } from './active-addresses.ts';
import { createAfterStates } from './after-states.ts';
import { createDaySeriesQueries } from './day-series.ts';
import { createDnsFacts } from './dns-facts.ts';
import { createDomainMailQuery } from './domain-mail.ts';
import { createDomainVersion } from './domain-version.ts';
import { createDomainQueries } from './domains.ts';
import { createDomainsToAsk } from './domains-to-ask.ts';
import { createKeepingQueries } from './keeping.ts';
import { createKnownDomain } from './known-domain.ts';
import { createLedgerCounts } from './ledger-counts.ts';
import { createLedgerList } from './ledger-list.ts';
import { createNothingAfter } from './nothing-after.ts';
import { createReceiverQueries } from './receivers.ts';
import { createKeptBytes, createReportDetail, createReportRows } from './report-detail.ts';
import { createReportList } from './report-list.ts';
import { createSourceQueries } from './sources.ts';
import { createStreamAddresses } from './stream-addresses.ts';
import { createStreamReporterDays } from './stream-reporters.ts';
import { createTotalsQueries } from './totals.ts';
import { createUserWords } from './user-words.ts';

/**
 * The reader over an open read-only connection, which it owns from now on. Each answer is made in one
 * read transaction, so that its parts belong to the same commit. Failures are StoreProblems or bugs.
 */
export function createReader(database: Connection): StoreReader {
  const { totals, undated } = createTotalsQueries(database);
  const { domains } = createDomainQueries(database);
  const { days, domainTrends } = createDaySeriesQueries(database);
  const { sources, addresses } = createSourceQueries(database);
  const receivers = createReceiverQueries(database);
  const reports = createReportList(database);
  const report = createReportDetail(database);
  const rows = createReportRows(database);
  const domainMail = createDomainMailQuery(database);
  const domainVersion = createDomainVersion(database);
  const knownDomain = createKnownDomain(database);
  const nothingAfter = createNothingAfter(database);
  const streamReporterDays = createStreamReporterDays(database);
  const { streamAddresses, sourceAddresses } = createStreamAddresses(database);
  const activeAddresses = createActiveAddresses(database);
  const words = createUserWords(database);
  const dns = createDnsFacts(database);
  const domainsToAsk = createDomainsToAsk(database);
  const keptBytes = createKeptBytes(database);
  const mailboxes = createMailboxList(database);
  const ledgerCounts = createLedgerCounts(database);
  const afterStates = createAfterStates(database);
  const ledger = createLedgerList(database);
  const keeping = createKeepingQueries(database);

  const reading =
    <A extends unknown[], R>(query: (...args: A) => R) =>
    async (...args: A): Promise<R> =>
      guarded(() => database.transaction(query).deferred(...args));

  return {
    totals: reading(totals),
    domains: reading(domains),
    domainTrends: reading(domainTrends),
    sources: reading(sources),
    days: reading(days),
    undated: reading(undated),
    addresses: reading(addresses),
    receivers: reading(receivers),
    reports: reading(reports),
    report: reading(report),
    rows: reading(rows),
    domainMail: reading(domainMail),
    domainVersion: reading(domainVersion),
    knownDomain: reading(knownDomain),
    nothingAfter: reading(nothingAfter),
    streamReporterDays: reading(streamReporterDays),
    streamAddresses: reading(streamAddresses),
    activeAddresses: reading(activeAddresses),
    sourceAddresses: reading(sourceAddresses),
    userWords: reading(words.userWords),
    notes: reading(words.notes),
    domainsToAsk: reading(domainsToAsk),
    addressesToLookUp: reading(dns.addressesToLookUp),
    pointers: reading(dns.pointers),
    dnsSnapshots: reading(dns.dnsSnapshots),
    keptBytes: reading(keptBytes),
    mailboxes: reading(mailboxes),
    ledgerCounts: reading(ledgerCounts),
    afterStates: reading(afterStates),
    ledger: reading(ledger),
    newestReportEnd: reading(keeping.newestReportEnd),
    forgettable: reading(keeping.forgettable),
    upkeep: reading(keeping.upkeep),
    storeSize: reading(keeping.storeSize),
    schemaVersion: reading(() => schemaVersionOf(database)),
    close: async () => guarded(() => void database.close()),
  };
}
