package org.ostraka.conformance;

import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticImmutableTableSchema;

/** A candidate's votes in an election: a record with an explicit schema for the enhanced client. */
record Tally(String election, String candidate, long votes) {

  static final TableSchema<Tally> SCHEMA =
      StaticImmutableTableSchema.builder(Tally.class, Builder.class)
          .newItemBuilder(Builder::new, Builder::build)
          .addAttribute(
              String.class,
              election ->
                  election
                      .name("election")
                      .getter(Tally::election)
                      .setter(Builder::election)
                      .tags(StaticAttributeTags.primaryPartitionKey()))
          .addAttribute(
              String.class,
              candidate ->
                  candidate
                      .name("candidate")
                      .getter(Tally::candidate)
                      .setter(Builder::candidate)
                      .tags(StaticAttributeTags.primarySortKey()))
          .addAttribute(
              Long.class, votes -> votes.name("votes").getter(Tally::votes).setter(Builder::votes))
          .build();

  /** Collects the attributes of an item in any order. One thread uses it. */
  static final class Builder {

    private String election;
    private String candidate;
    private long votes;

    private void election(String value) {
      election = value;
    }

    private void candidate(String value) {
      candidate = value;
    }

    private void votes(long value) {
      votes = value;
    }

    private Tally build() {
      return new Tally(election, candidate, votes);
    }
  }
}
