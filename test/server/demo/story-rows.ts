import type { StoryRow } from './read-story.ts';

const OLD_SERVER = '46.38.224.0';
const WEB_SERVER = ['139.162.190.0', '2a01:7e01::f03c:91ff:fe00:0'];
const PAYROLL = '217.160.0.0';
const AGENCY = '62.210.0.0';

export const returnPath = ({ profile }: StoryRow) => profile.spf[0]?.domain ?? '';
export const signedWith =
  (domain: string, selector: string) =>
  ({ profile }: StoryRow) =>
    profile.dkim.some(
      (found) => found.domain === domain && found.selector === selector && found.result === 'pass',
    );
export const isAligned = ({ profile }: StoryRow) =>
  profile.policyEvaluated.dkimAligned === true || profile.policyEvaluated.spfAligned === true;

export const fromOldServer = ({ sourceIp }: StoryRow) => sourceIp === OLD_SERVER;
export const fromWorkspace = ({ sourceIp }: StoryRow) =>
  sourceIp.startsWith('209.85.') || sourceIp.startsWith('2a00:1450:');
export const fromNewsletter = (row: StoryRow) => returnPath(row).endsWith('.mcsv.net');
export const fromTickets = (row: StoryRow) => returnPath(row).endsWith('amazonses.com');
export const fromWebServer = ({ sourceIp }: StoryRow) => WEB_SERVER.includes(sourceIp);
export const fromPayroll = ({ sourceIp }: StoryRow) => sourceIp === PAYROLL;
export const isForged = (row: StoryRow) =>
  row.sourceIp.endsWith('.0') &&
  row.profile.dkim.every(({ result }) => result === 'permerror') &&
  ['example.org', 'bulk-offers.example'].includes(returnPath(row)) &&
  !isAligned(row);
export const fromAgency = ({ sourceIp }: StoryRow) => sourceIp === AGENCY;
