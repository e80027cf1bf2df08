/** The environment for a child: passwords go by message, once decoded, and are in no process list. */
export function withoutSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = { ...env };
  delete kept['RUADMAP_IMAP_PASSWORD'];
  return kept;
}
