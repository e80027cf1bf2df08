import path from 'node:path';
import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startNameServer } from '../dns/name-server.ts';
import { readZone } from '../dns/zone.ts';
import { recordXml, reportXml } from '../ingest/a-report.ts';
import { ruadmap, ruadmapJson, temporaryDir } from '../program.ts';

/** Forty days of a small domain that passes, from two reporters, and someone who forges it. */
const DAYS = 40;
const LAST_DAY = '2026-03-31';
const dayBegins = (back: number): number =>
  Date.parse(`${LAST_DAY}T00:00:00Z`) / 1000 - back * 86_400;
const dkim = (domain: string, selector: string): string =>
  `<dkim><domain>${domain}</domain><selector>${selector}</selector><result>pass</result></dkim>`;
const spf = (domain: string, result: string): string =>
  `<spf><domain>${domain}</domain><scope>mfrom</scope><result>${result}</result></spf>`;
const evaluated = (aligned: string): string =>
  `<disposition>none</disposition><dkim>${aligned}</dkim><spf>${aligned}</spf>`;

function writeReports(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (let back = 0; back < DAYS; back += 1) {
    for (const orgName of ['Mail One', 'Mail Two']) {
      const own = recordXml({
        sourceIp: '192.0.2.10',
        count: '20',
        evaluated: evaluated('pass'),
        results: dkim('example.org', 's1') + spf('example.org', 'pass'),
      });
      const forged = recordXml({
        sourceIp: `198.51.100.${back + 1}`,
        count: '300',
        evaluated: evaluated('fail'),
        results: spf('forger.example', 'pass'),
      });
      const begin = dayBegins(back);
      const xml = reportXml({
        orgName,
        reportId: `${orgName} ${back}`,
        begin: String(begin),
        end: String(begin + 86_399),
        records: back < 3 ? own + forged : own,
      });
      writeFileSync(path.join(folder, `${orgName}-${back}.xml`), xml);
    }
  }
}

const work = temporaryDir();
const dataDir = path.join(work.dir, 'data');
const about = (name: string, ...more: string[]): string[] => [
  ...[name, 'example.org', '--data', dataDir],
  ...more,
];

interface Verdict {
  verdict: string;
  record: string | null;
  gates: { id: string; state: string }[];
  blockers: { source: string }[];
  own: { messages: number; dmarcAligned: number };
  unauthorised: { messages: number };
}

beforeAll(async () => {
  writeReports(path.join(work.dir, 'reports'));
  await ruadmapJson(['import', path.join(work.dir, 'reports'), '--data', dataDir]);
});
afterAll(() => work.remove());

describe('verdict', () => {
  test('advances a domain whose own mail passes, whatever is forged beside it', async () => {
    const { status, stdout } = await ruadmap(
      about('verdict', '--at', LAST_DAY, '--offline', '--json'),
    );
    const verdict = JSON.parse(stdout) as Verdict;
    expect(verdict).toMatchObject({
      verdict: 'advance',
      record: 'v=DMARC1; p=quarantine; rua=<keep yours>',
      blockers: [],
      own: { messages: 1200, dmarcAligned: 1200 },
      unauthorised: { messages: 1800 },
    });
    expect(verdict.gates.find(({ id }) => id === 'dns')?.state).toBe('not-asked');
    expect(status).toBe(0);
  });

  test('stays while there are too few days, and says the earliest day', async () => {
    const { status, stdout } = await ruadmap(about('verdict', '--at', '2026-03-05', '--json'));
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'stay', earliest: '2026-03-21' });
    expect(status).toBe(1);
  });

  test('has no data for a domain that no report tells of, or long after the last one', async () => {
    const unknown = await ruadmap(['verdict', 'example.net', '--data', dataDir, '--json']);
    expect([unknown.status, JSON.parse(unknown.stdout)]).toMatchObject([3, { verdict: 'no-data' }]);
    const later = await ruadmap(about('verdict', '--at', '2026-09-01', '--json'));
    expect([later.status, JSON.parse(later.stdout)]).toMatchObject([3, { verdict: 'no-data' }]);
  });

  test('says in words what it says in JSON', async () => {
    const { stdout } = await ruadmap(about('verdict', '--at', LAST_DAY, '--offline'));
    expect(stdout).toContain('Record: v=DMARC1; p=quarantine; rua=<keep yours>');
    expect(stdout).toContain('DNS was not asked');
  });

  test('refuses a day that is none', async () => {
    const { status, stderr } = await ruadmap(about('verdict', '--at', 'yesterday'));
    expect([status, stderr]).toEqual([64, expect.stringContaining('is no day')]);
  });
});

describe('sources and classify', () => {
  test('every source has a class with its evidence, and the sums are the totals', async () => {
    const sources = await ruadmapJson<{ id: string; class: string; messages: number }[]>(
      about('sources', '--at', LAST_DAY, '--offline'),
    );
    expect(sources).toEqual([
      expect.objectContaining({
        id: 'net:198.51.100.0/24#as:forger.example',
        class: 'unauthorised',
        messages: 1800,
        dmarcAligned: 0,
        addresses: 3,
      }),
      expect.objectContaining({
        id: 'net:192.0.2.0/24#own',
        class: 'own',
        messages: 1200,
        dmarcAligned: 1200,
        dkimAligned: 1200,
        spfAligned: 1200,
        addresses: 1,
      }),
    ]);
  });

  test('the word of the user stands over the rules, until it is taken back', async () => {
    const forged = 'net:198.51.100.0/24#as:forger.example';
    const classOf = async (): Promise<string | undefined> => {
      const sources = await ruadmapJson<{ id: string; class: string }[]>(
        about('sources', '--at', LAST_DAY, '--offline'),
      );
      return sources.find(({ id }) => id === forged)?.class;
    };
    expect(await ruadmapJson(about('classify', forged, 'own'))).toEqual({
      domain: 'example.org',
      source: forged,
      class: 'own',
    });
    expect(await classOf()).toBe('own');
    await ruadmapJson(about('classify', forged, 'rules'));
    expect(await classOf()).toBe('unauthorised');
  });

  test('a class or a source that there is not is told with those that there are', async () => {
    const wrongClass = await ruadmap(about('classify', 'net:192.0.2.0/24#own', 'mine'));
    expect([wrongClass.status, wrongClass.stderr]).toEqual([
      64,
      expect.stringContaining('own, forwarder'),
    ]);
    const wrongSource = await ruadmap(about('classify', 'as:1#own', 'own'));
    expect([wrongSource.status, wrongSource.stderr]).toEqual([
      64,
      expect.stringContaining('net:192.0.2.0/24#own'),
    ]);
  });
});

describe('whatif', () => {
  test('tells what a policy would have done, by source', async () => {
    const answer = await ruadmapJson<{ sources: object[]; candidate: object }>(
      about('whatif', '--p', 'reject', '--at', LAST_DAY, '--offline'),
    );
    expect(answer.candidate).toMatchObject({ p: 'reject' });
    // Own mail first, whatever it loses.
    expect(answer.sources).toEqual([
      expect.objectContaining({ class: 'own', messages: 1200, rejected: 0 }),
      expect.objectContaining({ class: 'unauthorised', messages: 1800, rejected: 1800 }),
    ]);
  });

  test('a selector taken away is missed where SPF does not carry the mail alone', async () => {
    const answer = await ruadmapJson<{ sources: { class: string; rejected: number }[] }>(
      about('whatif', '--p', 'reject', '--drop-selector', 's1', '--at', LAST_DAY, '--offline'),
    );
    expect(answer.sources.find((source) => source.class === 'own')).toMatchObject({ rejected: 0 });
  });

  test('a policy that is none is refused with those that there are', async () => {
    const { status, stderr } = await ruadmap(about('whatif', '--p', 'block'));
    expect([status, stderr]).toEqual([64, expect.stringContaining('none, quarantine, reject')]);
  });
});

describe('dns', () => {
  test('asks the name server, says what is wrong, and the sources are named after the answer', async () => {
    const server = await startNameServer(
      readZone(`
        _dmarc.example.org TXT "v=DMARC1; p=none; rua=mailto:d@example.org"
        example.org TXT "v=spf1 ip4:192.0.2.0/24 +all"
        example.org MX 10 mail.example.org
        mail.example.org A 192.0.2.10
        s1._domainkey.example.org TXT "v=DKIM1; p="
      `),
    );
    try {
      const { stdout } = await ruadmap(about('dns', '--resolver', server.at));
      expect(stdout).toContain('v=DMARC1; p=none; rua=mailto:d@example.org');
      expect(stdout).toMatch(/✗ .*\+all/);
      expect(stdout).toContain('publish: example.org TXT v=spf1 ip4:192.0.2.0/24');
      expect(server.asked).toContain('TXT s1._domainkey.example.org');
    } finally {
      await server.stop();
    }
    const sources = await ruadmapJson<{ id: string }[]>(about('sources', '--at', LAST_DAY));
    expect(sources.map(({ id }) => id)).toContain('spf:example.org#own');
  });

  test('a name server that cannot be one is refused before anything is asked', async () => {
    const { status, stderr } = await ruadmap(about('dns', '--resolver', 'resolver.example'));
    expect([status, stderr]).toEqual([78, expect.stringContaining('RUADMAP_RESOLVER')]);
  });
});
