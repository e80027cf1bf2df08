import type { Defect } from './defect.ts';

/** In what is let go by age and forgotten on demand. */
export const KEEPING_DEFECTS: readonly Defect[] = [
  {
    name: 'a ledger row that the next look needs is let go',
    file: 'server/store/write/letting-go.ts',
    sound: 'OR m.uid <= p.seen_up_to_uid)',
    planted: 'OR m.uid > 0)',
    noticedBy: ['test/server/store/letting-go.test.ts'],
  },
  {
    name: 'a clock that runs ahead lets everything go',
    file: 'server/retention.ts',
    sound: 'const today = Math.min(nowSeconds,',
    planted: 'const today = Math.max(nowSeconds,',
    noticedBy: ['test/server/retention.test.ts'],
  },
  {
    name: 'a forgotten report counts again when its mail is seen again',
    file: 'server/store/write/report-writes.ts',
    sound: "const found = ['counted = 1', 'counted = 0'].map((condition) =>",
    planted: "const found = ['counted = 1'].map((condition) =>",
    noticedBy: ['test/server/store/forgetting.test.ts'],
  },
];
