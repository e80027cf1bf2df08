import { gzipSync } from 'node:zlib';
import type { ReportFile } from './mails.ts';

/** A small true report; every serial is another one, of `count` messages. */
export function reportXml(serial: number, count = 1): string {
  const begin = 1_767_225_600 + 86_400 * (serial % 20);
  return `<?xml version="1.0" encoding="UTF-8"?>
<feedback>
  <version>1.0</version>
  <report_metadata>
    <org_name>receiver.example</org_name>
    <email>dmarc@receiver.example</email>
    <report_id>serial-${serial}</report_id>
    <date_range><begin>${begin}</begin><end>${begin + 86_399}</end></date_range>
  </report_metadata>
  <policy_published>
    <domain>example.com</domain><adkim>r</adkim><aspf>r</aspf><p>none</p><sp>none</sp><pct>100</pct>
  </policy_published>
  <record>
    <row>
      <source_ip>192.0.2.${serial % 250}</source_ip>
      <count>${count}</count>
      <policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated>
    </row>
    <identifiers><header_from>example.com</header_from></identifiers>
    <auth_results>
      <dkim><domain>example.com</domain><selector>s1</selector><result>pass</result></dkim>
      <spf><domain>bounce.example.net</domain><result>pass</result></spf>
    </auth_results>
  </record>
</feedback>
`;
}

export const reportFile = (serial: number, count = 1): ReportFile => ({
  name: `receiver.example!example.com!1767225600!1767311999!${serial}.xml.gz`,
  bytes: gzipSync(reportXml(serial, count)),
});
