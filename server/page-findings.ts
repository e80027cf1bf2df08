import { lookAtKey, lookAtMode, lookAtRoom } from './doctor/place.ts';
import { lookAtClock } from './doctor/surroundings.ts';
import type { StoreReader } from './store/store.ts';

interface PagePlace {
  reader: StoreReader;
  dataDir: string;
  keyFile: string | null;
  nowSeconds: () => number;
  builtSeconds: number | null;
}

/** What `ruadmap doctor` would say is to be done, as far as a running program can see it at once. */
export async function pageFindings({ reader, ...place }: PagePlace) {
  const { dataDir, keyFile, nowSeconds, builtSeconds } = place;
  const [mailboxes, newest] = await Promise.all([reader.mailboxes(), reader.newestReportEnd()]);
  const found = [
    lookAtMode(dataDir),
    lookAtRoom(dataDir),
    lookAtKey(dataDir, keyFile, mailboxes),
    lookAtClock(nowSeconds(), newest, builtSeconds),
  ];
  return found.flatMap(({ part, seen, todo }) => (todo === null ? [] : [{ part, seen, todo }]));
}
