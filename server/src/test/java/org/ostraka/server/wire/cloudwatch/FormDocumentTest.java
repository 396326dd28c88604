package org.ostraka.server.wire.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ostraka.model.cloudwatch.CloudWatchException;
import org.ostraka.server.http.HttpHeaders;
import org.ostraka.server.http.HttpRequest;

/** Forms as documents, within a number of values and the memory that is held for them. */
final class FormDocumentTest {
  private static final String REFUSAL =
      "The names of the request's parameters have more than 20000 parts.";

  /** Forms that need much memory for their length. */
  enum Shape {
    /** Each parameter is a chain of nodes of its own. */
    CHAINS {
      @Override
      void add(StringBuilder form, int number) {
        form.append(number).append(".a.b.c.d.e.f.g.h.i=&");
      }
    },
    /** A list with an element for each parameter. */
    LIST {
      @Override
      void add(StringBuilder form, int number) {
        form.append("a.member.").append(number).append("=x&");
      }
    },
    /** Many names at the root. */
    FLAT {
      @Override
      void add(StringBuilder form, int number) {
        form.append(number).append("=x&");
      }
    };

    abstract void add(StringBuilder form, int number);
  }

  @Test
  void partsOfNamesCountAsValues() {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < Document.MAX_VALUES / 10; i++) {
      Shape.CHAINS.add(form, i);
    }
    assertThat(read(form.toString()).parameters().members()).hasSize(Document.MAX_VALUES / 10);
    // A part that is there already takes no further one.
    assertThat(read(form + "1.a.b=x").parameters().members()).hasSize(Document.MAX_VALUES / 10);
    assertThatThrownBy(() -> read(form + "1.b=x"))
        .isInstanceOfSatisfying(
            CloudWatchException.class, it -> assertThat(it.text()).contains(REFUSAL));
  }

  /** What is allocated is more than what is in use at any time, and still within the room. */
  @ParameterizedTest
  @EnumSource
  void readingNeedsNoMoreMemoryThanIsHeldForIt(Shape shape) {
    StringBuilder form = new StringBuilder();
    int least = shape == Shape.CHAINS ? Document.MAX_VALUES / 10 : Document.MAX_VALUES - 2;
    for (int i = 0; i < least; i++) {
      shape.add(form, i);
    }
    HttpRequest request = request(form.toString());
    assertThat(FormDocument.of(request).parameters().members()).isNotEmpty();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    FormDocument document = FormDocument.of(request);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(document.parameters().members()).isNotEmpty();
    assertThat(allocated).isLessThanOrEqualTo(CloudWatchEndpoint.objectBytes(request));
  }

  private static FormDocument read(String form) {
    return FormDocument.of(request(form));
  }

  private static HttpRequest request(String form) {
    return new HttpRequest("POST", "/", HttpHeaders.none(), form.getBytes(StandardCharsets.UTF_8));
  }
}
