package org.ostraka.engine.tag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ostraka.engine.TestEngine;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.model.Tags;
import org.ostraka.model.operation.ListTagsOfResource;
import org.ostraka.model.operation.NewTag;
import org.ostraka.model.operation.TagResource;
import org.ostraka.model.operation.UntagResource;

/** Changes of a table's tags, several at a time and as another server sees them. */
@Timeout(60)
@Tag("postgresql")
final class TagChangesTest {
  private static final String ARN = TestEngine.arn("orders").toString();
  private static final int TAGS_EACH = 10;
  private static final int WRITERS = 4;

  @Test
  void changesAtTheSameTimeAreAllKept() throws Exception {
    try (TestEngine engine = new TestEngine();
        ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      engine.create("orders");
      tag(engine, "old");
      List<Future<?>> work =
          IntStream.range(0, WRITERS)
              .<Future<?>>mapToObj(writer -> writers.submit(() -> tagMany(engine, writer)))
              .toList();
      for (Future<?> each : work) {
        each.get();
      }
      assertThat(tags(engine).byKey()).hasSize(WRITERS * TAGS_EACH).doesNotContainKey("old");
    }
  }

  @Test
  void anotherServerSeesTheTags() {
    try (TestEngine engine = new TestEngine()) {
      engine.create("orders");
      Catalogue other = Catalogue.open(engine.store(), engine.clock(), EngineSettings.DEFAULT);
      tag(engine, "team");
      var _ = other.follow();
      assertThat(other.describe(TestEngine.arn("orders")).orElseThrow().stored().tags())
          .isEqualTo(tags(engine));
    }
  }

  private static void tagMany(TestEngine engine, int writer) {
    for (int i = 0; i < TAGS_EACH; i++) {
      tag(engine, writer + "-" + i);
      var _ =
          engine
              .operations()
              .untagResource()
              .handle(TestEngine.CALLER, new UntagResource.Request(ARN, List.of("old")));
    }
  }

  private static void tag(TestEngine engine, String key) {
    List<NewTag> tags = List.of(new NewTag(key, "value"));
    var _ =
        engine
            .operations()
            .tagResource()
            .handle(TestEngine.CALLER, new TagResource.Request(ARN, tags));
  }

  private static Tags tags(TestEngine engine) {
    return engine
        .operations()
        .listTagsOfResource()
        .handle(TestEngine.CALLER, new ListTagsOfResource.Request(ARN))
        .tags();
  }
}
