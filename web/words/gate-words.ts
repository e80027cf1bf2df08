import type { GateResponse } from '../../server/api/contract-verdict.ts';

interface GateWords {
  name: string;
  /** Why it is asked for, for someone who never read a standard. */
  why: string;
}

export const GATES: Record<GateResponse['id'], GateWords> = {
  'time-at-policy': {
    name: 'Time at this policy',
    why: 'A month of reports shows senders that write only now and then.',
  },
  rhythm: {
    name: 'Every sender had its turn',
    why: 'A sender that writes once a month says nothing in the weeks between.',
  },
  coverage: {
    name: 'Enough receivers report',
    why: 'Each receiver sees only the mail that it gets itself.',
  },
  classes: {
    name: 'Every sender is known',
    why: 'Mail that nobody has named may be yours, and would be hit.',
  },
  'own-aligned': {
    name: 'Your mail passes DMARC',
    why: 'Mail of yours that fails is what the next policy would hit.',
  },
  'dkim-carries': {
    name: 'DKIM carries your mail',
    why: 'SPF alone breaks when mail is passed on; a signature goes with it.',
  },
  'forwarding-loss': {
    name: 'Little is lost by forwarding',
    why: 'Mail that others pass on may lose its signature on the way, and would be hit.',
  },
  'after-step': {
    name: 'The last step did no harm',
    why: 'If more of your mail fails since the last step, another one makes it worse.',
  },
  dns: {
    name: 'The records are in order',
    why: 'A policy acts only if receivers can read the records that it rests on.',
  },
  'testing-honoured': {
    name: 'Test mode was understood',
    why: 'A receiver that does not know t=y applies the policy in full.',
  },
};

interface StateWords {
  sign: string;
  word: string;
}

export const GATE_STATES: Record<GateResponse['state'], StateWords> = {
  met: { sign: '✓', word: 'met' },
  accepted: { sign: '✓', word: 'accepted' },
  'not-met': { sign: '✗', word: 'not met' },
  'not-enough-data': { sign: '?', word: 'not enough data' },
  'not-asked': { sign: '–', word: 'not asked' },
};

/** '6 of 9 met', and how many of them were accepted by someone. */
export function gatesSummary(gates: readonly GateResponse[]): string {
  const count = (state: GateResponse['state']) =>
    gates.filter((gate) => gate.state === state).length;
  const accepted = count('accepted');
  const met = `${count('met') + accepted} of ${gates.length} met`;
  return accepted === 0 ? met : `${met}, ${accepted} of them accepted as they are`;
}

const ORDER: GateResponse['state'][] = [
  'not-met',
  'not-enough-data',
  'not-asked',
  'accepted',
  'met',
];

/** What wants doing first; the order of the road within each state. */
export const byUrgency = (gates: readonly GateResponse[]): GateResponse[] =>
  [...gates].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
