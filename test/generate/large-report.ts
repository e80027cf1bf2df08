import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

import type { Profile } from '../../ingest/report.ts';
import { createRandom, pick } from '../../server/demo/random.ts';
import { recordWriter, renderHead, REPORT_TAIL } from '../../server/demo/report-xml.ts';
import { generateAddresses } from './addresses.ts';
import { type Expected, expectRow, nothingExpected } from './expected.ts';
import { createProfilePool } from './profile-pool.ts';
import { countOf } from './reports.ts';

const CHUNK_CHARS = 128 * 1024;

export interface LargeReportOptions {
  seed: number;
  records: number;
  sources?: number;
}

/**
 * One report of very many records, a sixth of them with a body of its own, made piece by piece.
 * `expected` is complete once `chunks` has been read to its end.
 */
export function largeReport({ seed, records, sources = 20_000 }: LargeReportOptions): {
  chunks: Iterable<string>;
  expected: Expected;
} {
  const expected = nothingExpected();
  const random = createRandom(seed);
  const addresses = generateAddresses(random, sources);
  const nextProfile = createProfilePool(random, 'large.example', 'none', addresses);
  function* chunks() {
    const writers = new Map<Profile, ReturnType<typeof recordWriter>>();
    let chunk = largeHead();
    for (let made = 0; made < records; made += 1) {
      const pooled = nextProfile();
      const write = writers.get(pooled.profile) ?? recordWriter(pooled.profile);
      writers.set(pooled.profile, write);
      const count = countOf(random);
      expectRow(expected, count, pooled.profile.policyEvaluated);
      chunk += write(pick(random, pooled.addresses), count);
      if (chunk.length < CHUNK_CHARS) continue;
      yield chunk;
      chunk = '';
    }
    yield chunk + REPORT_TAIL;
  }
  return { chunks: chunks(), expected };
}

/** Writes the report as `.xml.gz` to `path`, in little memory. */
export async function writeLargeReport(
  path: string,
  options: LargeReportOptions,
): Promise<Expected> {
  const { chunks, expected } = largeReport(options);
  await pipeline(
    Readable.from(chunks, { objectMode: false }),
    createGzip(),
    createWriteStream(path),
  );
  return expected;
}

function largeHead(): string {
  return renderHead({
    dialect: 'rfc7489',
    version: '1.0',
    metadata: {
      orgName: 'large-receiver.example',
      email: 'dmarc@large-receiver.example',
      extraContactInfo: null,
      reportId: 'large',
      dateRange: {
        begin: '1793404800',
        end: '1793491199',
        beginSeconds: 1_793_404_800,
        endSeconds: 1_793_491_199,
      },
      errors: [],
      generator: null,
    },
    policyPublished: {
      domain: 'large.example',
      p: 'none',
      sp: 'none',
      np: null,
      adkim: 'relaxed',
      aspf: 'relaxed',
      pct: 100,
      fo: null,
      testing: null,
      discoveryMethod: null,
    },
  });
}
