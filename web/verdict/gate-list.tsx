import { useState } from 'preact/hooks';
import type { GateResponse, VerdictResponse } from '../../server/api/contract-verdict.ts';
import { takeBackWaiver } from '../endpoints-insight.ts';
import { formatDay } from '../format.ts';
import { ActionError } from '../parts/action-error.tsx';
import { useAction } from '../use-action.ts';
import { byUrgency, GATES, gatesSummary, GATE_STATES } from '../words/gate-words.ts';
import { WaiverForm } from './waiver-form.tsx';

/** Every gate with its state in a word, its numbers, and what to do about it. */
export function GateList({ answer: { domain, gates } }: { answer: VerdictResponse }) {
  if (gates.length === 0) return null;
  return (
    <>
      <h3>
        Gates <span class="soft">{gatesSummary(gates)}</span>
      </h3>
      <ul class="gates">
        {byUrgency(gates).map((gate) => (
          <GateRow key={gate.id} domain={domain} gate={gate} />
        ))}
      </ul>
    </>
  );
}

function GateRow({ domain, gate }: { domain: string; gate: GateResponse }) {
  const [open, setOpen] = useState(false);
  const canWaive = gate.state === 'not-met' || gate.state === 'not-enough-data';
  return (
    <li class={`gate gate-${gate.state}`}>
      <GateState gate={gate} />
      <div>
        <GateWords gate={gate} />
        {gate.waiver !== null && <TakeBack domain={domain} gate={gate} />}
        {canWaive && (
          <button type="button" class="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
            Accept it as it is
            <span class="visually-hidden">: {GATES[gate.id].name}</span>
          </button>
        )}
        {canWaive && open && (
          <WaiverForm domain={domain} gate={gate.id} onDone={() => setOpen(false)} />
        )}
      </div>
    </li>
  );
}

export function GateState({ gate }: { gate: GateResponse }) {
  const { sign, word } = GATE_STATES[gate.state];
  return (
    <span class="gate-state">
      <span class="gate-sign" aria-hidden="true">
        {sign}
      </span>
      <span class="gate-word">{word}</span>
    </span>
  );
}

export function GateWords({ gate }: { gate: GateResponse }) {
  return (
    <>
      <strong>{GATES[gate.id].name}.</strong> {gate.detail}
      <span class="under">{GATES[gate.id].why}</span>
      {gate.waiver !== null && (
        <p class="waiver">
          Accepted by <bdi>{gate.waiver.by}</bdi> on {formatDay(gate.waiver.day, 'with-year')},
          until {formatDay(gate.waiver.until, 'with-year')}: <q>{gate.waiver.reason}</q>
        </p>
      )}
    </>
  );
}

function TakeBack({ domain, gate }: { domain: string; gate: GateResponse }) {
  const { busy, error, say } = useAction();
  return (
    <>
      <button
        type="button"
        class="quiet"
        disabled={busy}
        onClick={() => say(takeBackWaiver(domain, gate.id))}
      >
        Accept it no longer
      </button>
      <ActionError error={error} />
    </>
  );
}
