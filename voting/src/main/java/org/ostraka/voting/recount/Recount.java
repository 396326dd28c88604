package org.ostraka.voting.recount;

import java.util.List;
import java.util.Map;

/**
 * What an audit found. Immutable.
 *
 * @param ballots votes of each candidate by the ballots
 * @param logged votes of each candidate by the audit logs
 * @param tallied votes of each candidate by the tallies
 * @param publications how many publications of roots were verified
 * @param remarks what is no difference and the election office has to judge, a sentence each
 * @param findings what differs, a sentence each
 * @param more how many findings there are besides those listed
 */
public record Recount(
    Map<String, Long> ballots,
    Map<String, Long> logged,
    Map<String, Long> tallied,
    long publications,
    List<String> remarks,
    List<Finding> findings,
    long more) {}
