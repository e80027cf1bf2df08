import type { HealthResponse } from '../../server/api/contract.ts';
import { formatTime } from '../format.ts';
import { lostSinceSeconds } from '../live.ts';

/** Lines across the top: what is not as usual, since when, and what it means. */
export function Notices({ health }: { health: HealthResponse | null }) {
  const notices = [
    ...lostNotice(lostSinceSeconds.value),
    ...(health === null ? [] : healthNotices(health)),
  ];
  return (
    <div class="notices" role="status">
      {notices.map((notice) => (
        <p key={notice}>{notice}</p>
      ))}
    </div>
  );
}

function lostNotice(sinceSeconds: number | null): string[] {
  if (sinceSeconds === null) return [];
  return [
    `The server has not been heard since ${formatTime(sinceSeconds)}. What you see may be older than what it knows; the connection is tried again by itself.`,
  ];
}

function healthNotices({ demo, ingest, attention }: HealthResponse): string[] {
  const notices = [...attention];
  if (demo) {
    notices.unshift('Demo: these reports are invented, and no mailbox is read.');
  }
  if (ingest.state === 'stopped') {
    notices.push('Reading has stopped: no new reports come in. Restart Ruadmap; its log says why.');
  }
  if (ingest.state === 'restarting') {
    notices.push(
      'Reading was interrupted and is being restarted. The numbers here stay available.',
    );
  }
  return notices;
}
