package org.ostraka.voting.ballot;

/**
 * A vote of a secret election, as long as it is on its way. Immutable. It is never stored: only its
 * two halves are, in two rows.
 *
 * @param number of the ballot, which the voter has chosen by chance
 */
record SecretVote(String voter, String candidate, String number) {}
