/** XML of a small report; each part can be replaced. */
export interface ReportParts {
  orgName?: string;
  reportId?: string;
  begin?: string;
  end?: string;
  /** Anything after the other metadata. */
  metadata?: string;
  policy?: string;
  records?: string;
}

export const reportXml = ({
  orgName = 'Receiver Example',
  reportId = 'r-1',
  begin = '1767225600',
  end = '1767311999',
  metadata = '',
  policy = '<domain>example.org</domain><p>none</p>',
  records = recordXml(),
}: ReportParts = {}): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<feedback>
<report_metadata><org_name>${orgName}</org_name><report_id>${reportId}</report_id><date_range><begin>${begin}</begin><end>${end}</end></date_range>${metadata}</report_metadata>
<policy_published>${policy}</policy_published>
${records}
</feedback>\n`;

export interface RecordParts {
  sourceIp?: string;
  count?: string;
  evaluated?: string;
  identifiers?: string;
  results?: string;
}

export const recordXml = ({
  sourceIp = '192.0.2.1',
  count = '5',
  evaluated = '<disposition>none</disposition><dkim>pass</dkim><spf>fail</spf>',
  identifiers = '<header_from>example.org</header_from>',
  results = '<dkim><domain>example.org</domain><selector>s1</selector><result>pass</result></dkim>',
}: RecordParts = {}): string =>
  `<record><row><source_ip>${sourceIp}</source_ip><count>${count}</count><policy_evaluated>${evaluated}</policy_evaluated></row><identifiers>${identifiers}</identifiers><auth_results>${results}</auth_results></record>\n`;
