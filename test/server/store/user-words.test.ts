import { expect, onTestFinished, test } from 'vitest';
import type { ClassWord, UserWords } from '../../../server/store/domain-mail.ts';
import { openReader, openSettings, openWriter } from '../../../server/store/open.ts';
import type { StoreSettings } from '../../../server/store/store.ts';
import { aDocument, aReport } from './a-report.ts';
import { migrationsDir, openTempStore, testNaming } from './temp-store.ts';

const DOMAIN = 'example.org';
const nothing: UserWords = {
  ...{ classes: [], fixed: [], rhythms: [], waivers: [] },
  ...{ sendsNothing: null, microsoftTenants: [] },
};
const by = 'ana';
const word: ClassWord = {
  ...{ sourceId: 'as:64496#none', class: 'own', day: 20_514, by, note: 'our ERP' },
};
const waiver = { gate: 'coverage', by, day: 20_514, reason: 'one receiver', untilDay: 20_600 };

async function openWords() {
  const opened = await openTempStore();
  const settings = openSettings({ dataDir: opened.dataDir });
  onTestFinished(() => settings.close());
  return { ...opened, settings };
}

const says: [
  what: string,
  say: (settings: StoreSettings) => Promise<unknown>,
  takeBack: (settings: StoreSettings) => Promise<unknown>,
  words: Partial<UserWords>,
][] = [
  [
    'the class of a source',
    (settings) => settings.classify(DOMAIN, word, 1),
    (settings) => settings.classify(DOMAIN, { ...word, class: null }, 2),
    { classes: [word] },
  ],
  [
    'that a source is mended',
    (settings) => settings.markFixed(DOMAIN, 'as:64496', 20_500, by, null),
    (settings) => settings.markFixed(DOMAIN, 'as:64496', null, by, null),
    { fixed: [{ sourceId: 'as:64496', day: 20_500, by, note: null }] },
  ],
  [
    'how often a source sends',
    (settings) => settings.setRhythm(DOMAIN, 'as:64496', 92, by),
    (settings) => settings.setRhythm(DOMAIN, 'as:64496', null, by),
    { rhythms: [{ sourceId: 'as:64496', everyDays: 92, by }] },
  ],
  [
    'that a gate is accepted',
    (settings) => settings.waive(DOMAIN, waiver),
    (settings) => settings.takeBackWaiver(DOMAIN, 'coverage'),
    { waivers: [waiver] },
  ],
  [
    'that the domain sends nothing',
    (settings) => settings.saySendsNothing(DOMAIN, 20_514, by),
    (settings) => settings.saySendsNothing(DOMAIN, null, by),
    { sendsNothing: { day: 20_514, by } },
  ],
  [
    'its tenants at Microsoft',
    (settings) => settings.setMicrosoftTenants(DOMAIN, ['contoso', 'fabrikam']),
    (settings) => settings.setMicrosoftTenants(DOMAIN, []),
    { microsoftTenants: ['contoso', 'fabrikam'] },
  ],
];

for (const [what, say, takeBack, words] of says) {
  test(`the user says ${what}, and takes it back`, async () => {
    const { reader, settings } = await openWords();
    const versions = [await reader.domainVersion(DOMAIN)];
    await say(settings);
    expect(await reader.userWords(DOMAIN)).toEqual({ ...nothing, ...words });
    expect(await reader.userWords('example.net')).toEqual(nothing);
    versions.push(await reader.domainVersion(DOMAIN));
    await takeBack(settings);
    expect(await reader.userWords(DOMAIN)).toEqual(nothing);
    versions.push(await reader.domainVersion(DOMAIN));
    expect(new Set(versions).size).toBe(3);
  });
}

test('the last word holds', async () => {
  const { reader, settings } = await openWords();
  await settings.classify(DOMAIN, word, 1);
  const last: ClassWord = {
    ...word,
    ...{ class: 'unauthorised', day: 20_515, by: 'ben', note: null },
  };
  await settings.classify(DOMAIN, last, 2);
  await settings.waive(DOMAIN, waiver);
  await settings.waive(DOMAIN, { ...waiver, reason: 'two receivers' });
  await settings.saySendsNothing(DOMAIN, 20_514, by);
  await settings.setMicrosoftTenants(DOMAIN, ['contoso']);
  expect(await reader.userWords(DOMAIN)).toEqual({
    ...nothing,
    classes: [last],
    waivers: [{ ...waiver, reason: 'two receivers' }],
    sendsNothing: { day: 20_514, by },
    microsoftTenants: ['contoso'],
  });
});

test('notes come newest day first, and are removed one by one, of their own domain only', async () => {
  const { reader, settings } = await openWords();
  const note = { day: 20_514, text: 'MX moved', by, writtenSeconds: 1_772_400_000 };
  const first = await settings.saveNote(DOMAIN, note);
  const second = await settings.saveNote(DOMAIN, { ...note, day: 20_520, text: 'DKIM on' });
  expect(first).toEqual({ id: first.id, ...note });
  expect(await reader.notes(DOMAIN)).toEqual([second, first]);
  await settings.removeNote('example.net', first.id);
  expect(await reader.notes(DOMAIN)).toHaveLength(2);
  await settings.removeNote(DOMAIN, first.id);
  expect(await reader.notes(DOMAIN)).toEqual([second]);
});

test('words outlive the sources they are about, and a restart', async () => {
  const { dataDir, writer, reader, store, settings } = await openWords();
  await settings.classify(DOMAIN, word, 1);
  await store(aDocument(aReport()));
  await writer.renameAddresses(null);
  await writer.close();
  const again = openWriter({ dataDir, migrationsDir, naming: testNaming });
  await again.close();
  const fresh = openReader({ dataDir });
  onTestFinished(() => fresh.close());
  expect((await fresh.userWords(DOMAIN)).classes).toEqual([word]);
  expect((await reader.userWords(DOMAIN)).classes).toEqual([word]);
});
