/** Headers of the content, and the body, of a mail or a part. */
export interface Entity {
  headers: readonly string[];
  body: string;
}

export const crlf = (lines: readonly string[]): string => lines.join('\r\n');
const wrap = (text: string): string => text.replace(/(.{76})(?=.)/g, '$1\r\n');
export const base64 = (bytes: Buffer | string): string =>
  wrap(Buffer.from(bytes).toString('base64'));
export const render = ({ headers, body }: Entity): string => crlf([...headers, '', body]);

export function multipart(boundary: string, type: string, parts: readonly Entity[]): Entity {
  const lines = parts.flatMap((part) => [`--${boundary}`, render(part)]);
  return {
    headers: [`Content-Type: ${type}; boundary="${boundary}"`],
    body: crlf([...lines, `--${boundary}--`, '']),
  };
}

export const text = (body: string, subtype = 'plain'): Entity => ({
  headers: [`Content-Type: text/${subtype}; charset=utf-8`],
  body,
});

export const attachment = (
  type: string,
  name: string,
  body: string,
  encoding = 'base64',
): Entity => ({
  headers: [
    `Content-Type: ${type}; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    `Content-Transfer-Encoding: ${encoding}`,
  ],
  body,
});

export const mail = (subject: string, entity: Entity, extra: readonly string[] = []): Buffer =>
  Buffer.from(
    render({
      headers: [
        'Date: Mon, 05 Jan 2026 06:00:00 +0000',
        'From: sender@sender.example',
        'To: postmaster@example.com',
        `Subject: ${subject}`,
        `Message-ID: <${subject.length}.${entity.body.length}@sender.example>`,
        'MIME-Version: 1.0',
        ...extra,
        ...entity.headers,
      ],
      body: entity.body,
    }),
    'utf8',
  );
