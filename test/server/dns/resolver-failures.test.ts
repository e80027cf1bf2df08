import { describe, expect, it } from 'vitest';
import { openResolver } from '../../../server/dns/resolver.ts';
import { withZone } from '../../dns/snapshot-of.ts';

const LOOPS = `
  loop1.example  CNAME  loop2.example
  loop2.example  CNAME  loop1.example
  self.example   CNAME  self.example
`;

describe('the resolver tells failure, which is never absence', () => {
  it.each([
    ['silence', 'silent', 'timeout'],
    ['SERVFAIL', 'servfail', 'servfail'],
    ['REFUSED', 'refused', 'refused'],
    ['FORMERR to everything', 'formerr', 'malformed'],
    ['a body of garbage', 'garbage', 'malformed'],
    ['an answer cut off in the middle', 'cut-off', 'malformed'],
    ['a header that counts 65,535 records', 'bomb', 'malformed'],
    ['only answers with another id', 'wrong-id', 'timeout'],
    ['only answers to another question', 'wrong-question', 'timeout'],
    ['only answers from another port', 'wrong-port', 'timeout'],
    ['a flood of forged answers', 'flood', 'timeout'],
    ['TCP that trickles', 'slow-tcp', 'timeout'],
    ['TCP that is closed', 'tcp-closed', 'unreachable'],
  ])('%s', async (_, fault, reason) => {
    const zone = `bad.example TXT v=spf1 -all\nbad.example FAULT ${fault}`;
    const answer = await withZone(zone, (resolver) => resolver.lookUp('bad.example', 'TXT'), {
      tries: 1,
    });
    expect(answer).toEqual({ kind: 'failed', reason });
  });

  it.each([['loop1.example'], ['self.example']])('aliases in a circle: %s', async (name) => {
    const answer = await withZone(LOOPS, (resolver) => resolver.lookUp(name, 'A'));
    expect(answer).toEqual({ kind: 'failed', reason: 'chain' });
  });

  it('nine aliases in a row', async () => {
    const zone = Array.from({ length: 9 }, (_, at) => `c${at}.example CNAME c${at + 1}.example`);
    const answer = await withZone([...zone, 'c9.example A 192.0.2.1'].join('\n'), (resolver) =>
      resolver.lookUp('c0.example', 'A'),
    );
    expect(answer).toEqual({ kind: 'failed', reason: 'chain' });
  });

  it('a server that is not there', async () => {
    const resolver = openResolver({ servers: '127.0.0.1:1', timeoutMs: 300, tries: 1 });
    expect(await resolver?.lookUp('a.example', 'A')).toEqual({
      kind: 'failed',
      reason: 'unreachable',
    });
  });
});
