import type { Command } from 'commander';
import type { Candidate } from '../analysis/what-if-types.ts';
import type { VerdictOptions } from '../insight/insight.ts';
import type { ProgramFiles } from '../program-files.ts';
import { dayNumber, JSON_OPTION, oneOf } from './command-options.ts';
import type { DomainCommand } from './open-domain.ts';
import { addSettings, readSettings } from './settings-options.ts';

interface Surroundings {
  files: ProgramFiles;
  nowSeconds: () => number;
  env: NodeJS.ProcessEnv;
}

interface AtOptions {
  at?: number;
  offline?: boolean;
  json?: boolean;
}

const DISPOSITION = oneOf(['none', 'quarantine', 'reject']);
const MODES = { r: 'relaxed', s: 'strict' } as const;
const mode = (value: string): 'relaxed' | 'strict' => {
  const word = oneOf(['r', 's', 'relaxed', 'strict'])(value);
  return word === 'r' || word === 's' ? MODES[word] : word;
};

/** The commands about one domain: verdict, whatif, sources, classify and dns. */
export function addDomainCommands(program: Command, surroundings: Surroundings): void {
  const context = (command: Command, domain: string, json?: boolean): DomainCommand => {
    // A mailbox is none of their business, set up right or wrong.
    const { RUADMAP_DATA, RUADMAP_RESOLVER } = surroundings.env;
    const { dataDir } = readSettings(command, { RUADMAP_DATA, RUADMAP_RESOLVER });
    const { files, nowSeconds } = surroundings;
    return { files, dataDir, domain, json: json ?? false, nowSeconds };
  };
  addVerdict(program, context);
  addWhatIf(program, context);
  addSources(program, context);
  addClassify(program, context);
  addDns(program, context, surroundings.env);
}

type Context = (command: Command, domain: string, json?: boolean) => DomainCommand;

const optionsOf = ({ at, offline }: AtOptions): VerdictOptions => ({
  at: at ?? null,
  offline: offline ?? false,
});

function aboutOneDomain(program: Command, name: string): Command {
  return addSettings(program.command(name), ['dataDir'])
    .argument('<domain>', 'policy domain')
    .option(...JSON_OPTION);
}

const withAt = (command: Command): Command =>
  command
    .option('--at <day>', 'as of the end of this UTC day', dayNumber)
    .option('--offline', 'leave DNS out');

function addVerdict(program: Command, context: Context): void {
  withAt(aboutOneDomain(program, 'verdict'))
    .description('stay, advance or go back (exit status 1, 0, 2; 3 without data)')
    .addHelpText('after', '\nExample:\n  ruadmap verdict example.org --at 2026-11-23 --json')
    .action(async (domain: string, options: AtOptions, command: Command) => {
      const { verdictCommand } = await import('./verdict-command.ts');
      const about = context(command, domain, options.json);
      process.exitCode = await verdictCommand(about, optionsOf(options));
    });
}

type WhatIfOptions = AtOptions & Partial<Candidate>;

function addWhatIf(program: Command, context: Context): void {
  withAt(aboutOneDomain(program, 'whatif'))
    .description('what another policy would have done to the mail that has arrived')
    .option('--p <policy>', 'none, quarantine or reject', DISPOSITION)
    .option('--sp <policy>', 'the same for subdomains', DISPOSITION)
    .option('--np <policy>', 'the same for subdomains that do not exist', DISPOSITION)
    .option('--adkim <mode>', 'DKIM alignment: r(elaxed) or s(trict)', mode)
    .option('--aspf <mode>', 'SPF alignment: r(elaxed) or s(trict)', mode)
    .option('--drop-include <domain>', 'take this include out of the SPF record')
    .option('--drop-selector <selector>', 'take this DKIM selector away')
    .addHelpText('after', '\nExample:\n  ruadmap whatif example.org --p reject --sp quarantine')
    .action(async (domain: string, options: WhatIfOptions, command: Command) => {
      const { whatIfCommand } = await import('./what-if-command.ts');
      const about = context(command, domain, options.json);
      await whatIfCommand(about, candidateOf(options), optionsOf(options));
    });
}

const candidateOf = (options: WhatIfOptions): Partial<Candidate> => ({
  ...(options.p && { p: options.p }),
  ...(options.sp && { sp: options.sp }),
  ...(options.np && { np: options.np }),
  ...(options.adkim && { adkim: options.adkim }),
  ...(options.aspf && { aspf: options.aspf }),
  ...(options.dropInclude && { dropInclude: options.dropInclude }),
  ...(options.dropSelector && { dropSelector: options.dropSelector }),
});

function addSources(program: Command, context: Context): void {
  withAt(aboutOneDomain(program, 'sources'))
    .description('who sends as the domain, with class and evidence')
    .addHelpText('after', '\nExample:\n  ruadmap sources example.org')
    .action(async (domain: string, options: AtOptions, command: Command) => {
      const { sourcesCommand } = await import('./sources-command.ts');
      await sourcesCommand(context(command, domain, options.json), optionsOf(options));
    });
}

function addClassify(program: Command, context: Context): void {
  aboutOneDomain(program, 'classify')
    .description('say whose a source is; your word stands over every rule')
    .argument('<source>', 'its id, as `ruadmap sources` shows it')
    .argument('<class>', 'own, forwarder, unauthorised, unknown; or rules, to take your word back')
    .addHelpText(
      'after',
      "\nExample:\n  ruadmap classify example.org 'service:mailchimp#as:mcsv.net' own",
    )
    .action(
      async (
        domain: string,
        source: string,
        word: string,
        { json }: { json?: boolean },
        command: Command,
      ) => {
        const { classifyCommand } = await import('./classify-command.ts');
        await classifyCommand(context(command, domain, json), source, word);
      },
    );
}

function addDns(program: Command, context: Context, env: NodeJS.ProcessEnv): void {
  addSettings(aboutOneDomain(program, 'dns'), ['resolver'])
    .description('ask DNS about the domain now: what is published, what is wrong, what to publish')
    .addHelpText('after', '\nExample:\n  ruadmap dns example.org --resolver 192.0.2.53')
    .action(async (domain: string, { json }: { json?: boolean }, command: Command) => {
      const { dnsCommand } = await import('./dns-command.ts');
      const { RUADMAP_RESOLVER } = env;
      const { resolver } = readSettings(command, { RUADMAP_RESOLVER });
      await dnsCommand(context(command, domain, json), resolver === 'off' ? 'system' : resolver);
    });
}
