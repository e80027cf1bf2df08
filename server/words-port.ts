import type { WordsPort } from './api/ports.ts';
import type { DnsKeeper } from './dns-keeper.ts';
import type { StoreSettings } from './store/store.ts';

/** What the user says of a domain goes to the store; a question to DNS goes to its keeper. */
export function wordsPort(store: StoreSettings, dns: DnsKeeper): WordsPort {
  return {
    classify: (domain, word, nowSeconds) => store.classify(domain, word, nowSeconds),
    markFixed: (domain, sourceId, day, by, note) =>
      store.markFixed(domain, sourceId, day, by, note),
    setRhythm: (domain, sourceId, everyDays, by) =>
      store.setRhythm(domain, sourceId, everyDays, by),
    waive: (domain, waiver) => store.waive(domain, waiver),
    takeBackWaiver: (domain, gate) => store.takeBackWaiver(domain, gate),
    saySendsNothing: (domain, day, by) => store.saySendsNothing(domain, day, by),
    setMicrosoftTenants: (domain, tenants) => store.setMicrosoftTenants(domain, tenants),
    saveNote: (domain, note) => store.saveNote(domain, note),
    removeNote: (domain, id) => store.removeNote(domain, id),
    checkDns: (domain) => dns.check(domain),
  };
}
