package org.ostraka.voting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.ostraka.options.Command;
import org.ostraka.options.Option;
import org.ostraka.options.Program;

/** Claims of voters' tokens as options of a command. */
final class ClaimOptionsTest {
  private static final Option<List<String>> VOTERS = ClaimOptions.option("--voters", "Who votes.");

  private final AtomicReference<Map<String, Set<String>>> read = new AtomicReference<>(Map.of());
  private final StringWriter printed = new StringWriter();

  @Test
  void valuesOfAClaimStandTogether() {
    assertThat(run("a=1", "https://x/b=2", "a=3", "c=d=e", "f=")).isZero();
    assertThat(read.get())
        .isEqualTo(
            Map.of(
                "a", Set.of("1", "3"),
                "https://x/b", Set.of("2"),
                "c", Set.of("d=e"),
                "f", Set.of("")));
    assertThat(run()).isZero();
    assertThat(read.get()).isEmpty();
  }

  @Test
  void whatNamesNoClaimAndWhatIsGivenTwiceAreRefused() {
    assertThat(run("north")).isNotZero();
    assertThat(printed.toString()).contains("--voters is CLAIM=VALUE, not north");
    assertThat(run("=north")).isNotZero();
    assertThat(printed.toString()).contains("--voters is CLAIM=VALUE, not =north");
    assertThat(run("a=1", "b=1", "a=1")).isNotZero();
    assertThat(printed.toString()).contains("--voters a=1 is given twice");
  }

  private int run(String... values) {
    Command command =
        new Command(
            "test",
            "A test.",
            List.of(VOTERS),
            (given, _, _) -> {
              read.set(ClaimOptions.of(VOTERS, given));
              return 0;
            });
    String[] arguments = new String[2 * values.length];
    for (int at = 0; at < values.length; at++) {
      arguments[2 * at] = VOTERS.name();
      arguments[2 * at + 1] = values[at];
    }
    PrintWriter out = new PrintWriter(printed);
    return new Program("test", command).run(arguments, out, out);
  }
}
