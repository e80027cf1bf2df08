/** A fault as someone might make it, and who must notice. */
export interface Defect {
  /** What is wrong then. */
  name: string;
  file: string;
  /** Stands once in the file. */
  sound: string;
  planted: string;
  /** Test files of which at least one test must fail. */
  noticedBy: readonly string[];
}
