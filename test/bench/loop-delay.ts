import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/**
 * Loaded before the program (`--import`): measures how long the page's event loop is held up, and
 * writes it to LOOP_DELAY_FILE when asked by SIGUSR2. Other processes of the program leave it alone.
 */
const file = process.env['LOOP_DELAY_FILE'];
if (file !== undefined && process.argv[1]?.endsWith('main.js') === true) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  // Starting up is not serving.
  setTimeout(() => delay.enable(), 2_000).unref();
  process.on('SIGUSR2', () => {
    writeFileSync(file, JSON.stringify({ p999Ms: delay.percentile(99.9) / 1e6 }));
    delay.reset();
  });
}
