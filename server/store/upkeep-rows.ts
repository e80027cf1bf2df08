import type { Connection } from './connection.ts';
import type { Upkeep } from './keeping.ts';
import { storedJson } from './stored-json.ts';

export function createUpkeepSave(database: Connection): (upkeep: Upkeep) => void {
  const save = database.prepare<[kind: string, endedSeconds: number, body: string]>(
    'INSERT OR REPLACE INTO upkeep (kind, ended_seconds, body) VALUES (?, ?, ?)',
  );
  return ({ kind, endedSeconds, ...body }) => {
    save.run(kind, endedSeconds, JSON.stringify(body));
  };
}

export function createUpkeepList(database: Connection): () => Upkeep[] {
  const list = database.prepare<[], { kind: string; endedSeconds: number; body: string }>(
    'SELECT kind, ended_seconds AS endedSeconds, body FROM upkeep ORDER BY kind',
  );
  return () =>
    list.all().map(({ body, ...row }) => ({ ...(storedJson(body) as object), ...row }) as Upkeep);
}
