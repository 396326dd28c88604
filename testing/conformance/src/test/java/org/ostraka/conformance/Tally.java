package org.ostraka.conformance;

import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticImmutableTableSchema;

/** How many votes a candidate has in an election: a record, with a schema that is written out. */
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

  /** Takes the attributes of an item as they come. One thread uses it. */
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
