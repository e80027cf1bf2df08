/** Bounds of the classes. Days are whole UTC days; ratios are parts of one. */

/** A shape from so many unrelated networks is a botnet's, not a sender's. */
export const SCATTERED_NETWORKS = 10;

/** Active on so many days of the window, mail without a tie is someone's habit, and asked about. */
export const STEADY_DAYS = 8;

/** An address stands out of its shape with so many times the median of messages, */
export const OUTSTANDING_FACTOR = 20;

/** on so many of the window's days. */
export const OUTSTANDING_DAYS_RATIO = 0.5;

/** A network signs with a selector, and not only passes it on, from this part of its mail on. */
export const HOME_RATIO = 0.25;

/**
 * Broken signatures from scattered networks that never carried a whole one are forwarding up to this
 * part of the mail signed in the same name: below it, no gate depends on which it is.
 */
export const COPIED_RATIO = 0.005;

/** So are up to so many messages a network. */
export const COPIED_PER_NETWORK = 3;
