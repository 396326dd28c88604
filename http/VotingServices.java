package org.ostraka.voting.http;

import java.time.InstantSource;
import org.ostraka.voting.ballot.Casting;
import org.ostraka.voting.ballot.Pause;
import org.ostraka.voting.count.Tallies;
import org.ostraka.voting.election.Elections;
import org.ostraka.voting.receipt.ReceiptKey;
import org.ostraka.voting.token.VoterTokens;

/** What the HTTP interface offers, as objects. Immutable. */
public record VotingServices(
    Elections elections,
    Casting casting,
    VoterTokens tokens,
    ReceiptKey key,
    Tallies tallies,
    InstantSource clock,
    Pause pause) {}
