import type {
  AggregateReport,
  AlignmentMode,
  DkimAuthResult,
  Identifiers,
  Profile,
  SpfAuthResult,
} from '../../ingest/report.ts';
import { createRandom, integer, pick, type Random } from '../../server/demo/random.ts';
import { renderReport } from '../../server/demo/report-xml.ts';
import { type Delivery, drawDelivery, truthOf } from './alignment-oracle.ts';

const BEGIN = 1_793_404_800;
const MODES: readonly AlignmentMode[] = ['relaxed', 'strict'];

export interface JudgedReport {
  xml: string;
  modes: { adkim: AlignmentMode; aspf: AlignmentMode };
  /** By position of the record. */
  deliveries: readonly Delivery[];
}

/** How a receiver writes its reports. What it leaves out, nobody can recompute. */
interface Habits {
  isRfc9990: boolean;
  saysReturnPath: boolean;
  saysScope: boolean;
  alsoChecksHelo: boolean;
  /** Leaves out a part of the results now and then. */
  isForgetful: boolean;
}

/** Reports whose raw results tell deliveries by the habits of their receivers; the same for the same seed. */
export function* generateJudgedReports(options: {
  seed: number;
  reports: number;
}): Generator<JudgedReport> {
  const random = createRandom(options.seed);
  for (let serial = 0; serial < options.reports; serial += 1) {
    const modes = { adkim: pick(random, MODES), aspf: pick(random, MODES) };
    const habits = drawHabits(random);
    const deliveries = Array.from({ length: 1 + integer(random, 5) }, () => drawDelivery(random));
    const profiles = deliveries.map((delivery) => profileOf(random, delivery, modes, habits));
    const rows = profiles.map((_, position) => ({
      position,
      sourceIp: `192.0.2.${1 + integer(random, 200)}`,
      count: 1 + integer(random, 20),
      profile: position,
    }));
    const head = headOf(serial, modes, habits.isRfc9990);
    yield { xml: renderReport({ ...head, profiles, rows }), modes, deliveries };
  }
}

function drawHabits(random: Random): Habits {
  const isRfc9990 = random() < 0.3;
  return {
    isRfc9990,
    saysReturnPath: random() < 0.7,
    saysScope: random() < 0.6,
    alsoChecksHelo: !isRfc9990 && random() < 0.3,
    isForgetful: random() < 0.1,
  };
}

function headOf(
  serial: number,
  { adkim, aspf }: { adkim: AlignmentMode; aspf: AlignmentMode },
  isRfc9990: boolean,
): Pick<AggregateReport, 'dialect' | 'version' | 'metadata' | 'policyPublished'> {
  return {
    dialect: isRfc9990 ? 'rfc9990' : 'rfc7489',
    version: '1.0',
    metadata: {
      orgName: `receiver-${serial % 40}.example`,
      email: `dmarc@receiver-${serial % 40}.example`,
      extraContactInfo: null,
      reportId: String(serial),
      dateRange: {
        begin: String(BEGIN),
        end: String(BEGIN + 86_399),
        beginSeconds: BEGIN,
        endSeconds: BEGIN + 86_399,
      },
      errors: [],
      generator: null,
    },
    policyPublished: {
      domain: 'example.com',
      p: 'none',
      sp: null,
      np: null,
      adkim,
      aspf,
      pct: null,
      fo: null,
      testing: null,
      discoveryMethod: isRfc9990 ? 'psl' : null,
    },
  };
}

function profileOf(
  random: Random,
  delivery: Delivery,
  modes: { adkim: AlignmentMode; aspf: AlignmentMode },
  habits: Habits,
): Profile {
  const truth = truthOf(delivery, { ...modes, withoutSelector: null, withoutSpfOf: null });
  const forgets = (): boolean => habits.isForgetful && random() < 0.3;
  const identifiers: Identifiers = {
    headerFrom: forgets() ? null : delivery.author.name,
    envelopeFrom: habits.saysReturnPath ? (delivery.returnPath?.name ?? '') : null,
    envelopeTo: null,
  };
  return {
    policyEvaluated: {
      disposition: 'none',
      // A report has no third word: what a DNS error left open is written as a failure.
      dkimAligned: truth.dkimAligned === true,
      spfAligned: truth.spfAligned === true,
      reasons: [],
    },
    identifiers,
    dkim: delivery.signatures.map(({ signer, selector, result }): DkimAuthResult => {
      // An element without any content is none: at least one part stays.
      const forgotten = forgets() ? pick(random, ['domain', 'selector', 'result']) : null;
      return {
        domain: forgotten === 'domain' ? null : signer.name,
        selector: forgotten === 'selector' ? null : selector,
        result: forgotten === 'result' ? null : result,
        humanResult: null,
      };
    }),
    spf: forgets()
      ? []
      : spfOf(delivery, habits, forgets() ? pick(random, ['domain', 'result']) : null),
  };
}

/** A bounce has no return path to check: some then write HELO as its scope, others the one check they did. */
function spfOf(delivery: Delivery, habits: Habits, forgotten: string | null): SpfAuthResult[] {
  const { returnPath, helo, returnPathResult, heloResult } = delivery;
  const scope = (word: 'helo' | 'mfrom') => (habits.saysScope ? word : null);
  const ofHelo: SpfAuthResult = {
    domain: helo.name,
    scope: scope(habits.isRfc9990 ? 'mfrom' : 'helo'),
    result: heloResult,
    humanResult: null,
  };
  if (returnPath === null) return [ofHelo];
  const ofReturnPath: SpfAuthResult = {
    domain: forgotten === 'domain' ? null : returnPath.name,
    scope: scope('mfrom'),
    result: forgotten === 'result' ? null : returnPathResult,
    humanResult: null,
  };
  return habits.alsoChecksHelo ? [ofHelo, ofReturnPath] : [ofReturnPath];
}
