import { nowSeconds } from '../clock.ts';
import { DASH, formatAgo, formatCount, formatShare, formatTime } from '../format.ts';

/** A share with what it is a share of: the count under it, the whole in words. */
export function Share({ part, whole }: { part: number; whole: number }) {
  if (whole === 0) return <Nothing words="no messages" />;
  const words = `${formatCount(part)} of ${formatCount(whole)} messages`;
  return (
    <span class="share" title={words}>
      {formatShare(part, whole)}
      <span class="under">
        {formatCount(part)}
        <span class="visually-hidden"> of {formatCount(whole)}</span>
      </span>
    </span>
  );
}

/** A dash for the eye, words for everyone. */
export function Nothing({ words }: { words: string }) {
  return (
    <span class="nothing" title={words}>
      <span aria-hidden="true">{DASH}</span>
      <span class="visually-hidden">{words}</span>
    </span>
  );
}

/** A moment as its distance from now, with the exact time at hand. */
export function Ago({ seconds }: { seconds: number }) {
  return (
    <time dateTime={new Date(seconds * 1000).toISOString()} title={formatTime(seconds)}>
      {formatAgo(seconds, nowSeconds.value)}
    </time>
  );
}
