package org.ostraka.voting.http;

import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.ostraka.voting.audit.AuditLogs;
import org.ostraka.voting.ballot.Casting;
import org.ostraka.voting.ballot.Pause;
import org.ostraka.voting.ballot.SecretCasting;
import org.ostraka.voting.count.Tallies;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.election.StateChanges;
import org.ostraka.voting.load.Tokens;
import org.ostraka.voting.receipt.ReceiptKey;
import org.ostraka.voting.token.VoterTokens;

/**
 * What the HTTP interface offers, as objects. Immutable.
 *
 * @param operators the subjects of tokens that may open and close elections
 * @param demo signs in whoever names himself; empty but in a demo
 */
public record VotingServices(
    Elections elections,
    Casting casting,
    SecretCasting secret,
    VoterTokens tokens,
    ReceiptKey key,
    Tallies tallies,
    AuditLogs logs,
    StateChanges changes,
    Set<String> operators,
    Optional<Tokens> demo,
    InstantSource clock,
    Pause pause) {
  public VotingServices {
    operators = Set.copyOf(operators);
  }
}
