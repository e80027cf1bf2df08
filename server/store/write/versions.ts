/** What decides among reports of one identity that differ in content. */
export interface Version {
  /** Higher is better known to come from its reporter; 0 where it was not judged. */
  provenanceRank: number;
  contentSha256: Buffer;
}

/**
 * Does `version` count instead of `other`? The better provenance, among equals the smaller content
 * hash: a rule that knows no order of arrival.
 */
export function wins(version: Version, other: Version): boolean {
  if (version.provenanceRank !== other.provenanceRank) {
    return version.provenanceRank > other.provenanceRank;
  }
  return version.contentSha256.compare(other.contentSha256) < 0;
}
