import { defaultLimits } from '../ingest/limits.ts';
import { readMail } from '../ingest/mail.ts';
import { readParts } from '../ingest/mail-documents.ts';
import { createDocumentReader } from '../ingest/read-document.ts';
import type { TrialContent } from '../ingest/reading-trial.ts';
import { endOnFault } from './last-words.ts';
import { endWithParent } from './parent-watch.ts';

/**
 * The first file of the process in which a content is read that was in hand when another process died:
 * whatever it does to this one, nothing is lost. It answers each content that it survived.
 */
const reader = createDocumentReader(defaultLimits);
const nowSeconds = Math.floor(Date.now() / 1000);

async function read(content: TrialContent): Promise<void> {
  switch (content.kind) {
    case 'parts':
      await readParts(content.toRead, defaultLimits, reader, nowSeconds);
      break;
    case 'mail':
      await readMail(content.bytes, defaultLimits, reader, nowSeconds);
      break;
    case 'document':
      await reader.readAttachment(
        content.bytes,
        { part: '', name: content.name, position: 0 },
        nowSeconds,
      );
  }
  process.send?.('read');
}

process.on('message', (content) => void read(content as TrialContent));
// Whoever asks for the trial may end while it is answered.
process.on('error', () => undefined);
// A death by a signal that was meant for the whole program must not be a content's.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
endOnFault();
await endWithParent(Number(process.argv[2]));
process.send?.('ready');
