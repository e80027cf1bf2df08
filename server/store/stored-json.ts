import { StoreProblem } from './store-problem.ts';

/** What the store keeps as JSON. @throws StoreProblem `damaged` where the text is none any more */
export function storedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const detail =
      'The database is damaged: a text in it is not as it was written. Run ruadmap verify, and restore ' +
      'a backup, or import the reports anew.';
    throw new StoreProblem({ reason: 'damaged', detail }, error);
  }
}
