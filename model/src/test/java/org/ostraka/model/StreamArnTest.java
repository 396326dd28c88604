package org.ostraka.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StreamArnTest {
  private static final String TABLES = "arn:aws:dynamodb:eu-central-1:000000000000:table/";
  private static final String LABEL = "2026-11-28T14:00:00.000";

  @Test
  void aTableMayBeNamedStream() {
    String text = TABLES + "stream/stream/" + LABEL;
    StreamArn arn = StreamArn.parse(text).orElseThrow();
    assertThat(arn.table().table().value()).isEqualTo("stream");
    assertThat(arn.label()).isEqualTo(LABEL);
    assertThat(arn).hasToString(text);
  }

  @Test
  void otherTextsAreNone() {
    assertThat(StreamArn.parse(TABLES + "votes")).isEmpty();
    assertThat(StreamArn.parse(TABLES + "votes/stream/")).isEmpty();
    assertThat(StreamArn.parse(TABLES + "votes/stream/2026")).isEmpty();
    assertThat(StreamArn.parse(TABLES + "a/b/stream/" + LABEL)).isEmpty();
  }
}
