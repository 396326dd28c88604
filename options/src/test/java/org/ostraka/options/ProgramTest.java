package org.ostraka.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProgramTest {
  private static final Option<Integer> COUNT =
      Option.withDefault("--count", Kind.whole("N", -5, 5), "2", "How many.");
  private static final Option<Boolean> LOUD = Option.flag("--loud", "With noise.");
  private static final Option<Optional<Path>> PLACE =
      Option.optional("--place", Kind.path("DIR"), "Where.");
  private static final Option<List<String>> NAMES =
      Option.list("--name", Kind.text("NAME"), "Who; repeatable.");
  private static final Option<List<String>> EXTRA =
      Option.repeatable("--extra", Kind.text("TEXT"), "What else; repeatable.");
  private static final Option<List<Integer>> SIZES =
      Option.listWithDefault("--sizes", Kind.whole("N", 1, 9), "1,2", "How large.");
  private static final Option<Double> RATE =
      Option.required("--rate", Kind.number("RATE", "0 to 1", r -> r >= 0 && r <= 1), "How often.");

  private static final Command MAIN =
      new Command(
          "tool",
          List.of("Does nothing."),
          List.of(new Parameter("WORD", false, "What to say.")),
          List.of(COUNT, LOUD, PLACE, NAMES, EXTRA, SIZES),
          (given, out, _) -> {
            out.print(
                String.join(
                    " ",
                    given.get(COUNT).toString(),
                    given.get(LOUD).toString(),
                    given.get(PLACE).toString(),
                    given.get(NAMES).toString(),
                    given.get(EXTRA).toString(),
                    given.get(SIZES).toString(),
                    given.parameter().toString()));
            return 3;
          });

  private static final Command MEASURE =
      new Command(
          "tool measure",
          "Measures.",
          List.of(RATE),
          (given, out, _) -> {
            out.print(given.get(RATE));
            return 0;
          });

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                        | 2 false Optional.empty [] [] [1, 2] Optional.empty
          --count 5 --loud          | 5 true Optional.empty [] [] [1, 2] Optional.empty
          --count=-5                | -5 false Optional.empty [] [] [1, 2] Optional.empty
          --count -5                | -5 false Optional.empty [] [] [1, 2] Optional.empty
          --place=a=b               | 2 false Optional[a=b] [] [] [1, 2] Optional.empty
          --place "a"               | 2 false Optional["a"] [] [] [1, 2] Optional.empty
          --place --unknown         | 2 false Optional[--unknown] [] [] [1, 2] Optional.empty
          --name a,b word --name=c  | 2 false Optional.empty [a, b, c] [] [1, 2] Optional[word]
          --extra a,b --extra=--loud | 2 false Optional.empty [] [a,b, --loud] [1, 2] Optional.empty
          --sizes 3 --sizes 4,5     | 2 false Optional.empty [] [] [3, 4, 5] Optional.empty
          -- --loud                 | 2 false Optional.empty [] [] [1, 2] Optional[--loud]
          -- measure                | 2 false Optional.empty [] [] [1, 2] Optional[measure]
          """)
  void optionsAreReadWithTheirTypes(String line, String read) {
    assertThat(run(line)).isEqualTo(3);
    assertThat(out).hasToString(read);
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --count six               | --count is -5 to 5, not six
          --count 6                 | --count is -5 to 5, not 6
          --count 99999999999       | --count is -5 to 5, not 99999999999
          --count=                  | --count is -5 to 5, not an empty text
          --sizes 1,10              | --sizes are 1 to 9, not 10
          --count                   | --count needs a value: N
          --count --loud            | --count needs a value: N
          --count 1 --loud --count 1 | --count is given twice
          --loud --loud             | --loud is given twice
          --loud=yes                | --loud takes no value
          --quiet                   | unknown option: --quiet
          --quiet=yes               | unknown option: --quiet
          --cou 1                   | unknown option: --cou
          --counts 1                | unknown option: --counts
          --count1                  | unknown option: --count1
          -count 1                  | unknown option: -count
          -count=1                  | unknown option: -count
          -count1                   | unknown option: -count1
          ---count 1                | unknown option: ---count
          -help                     | unknown option: -help
          --h                       | unknown option: --h
          -x                        | unknown option: -x
          a b                       | unexpected argument 'b'
          measure                   | --rate is missing
          measure --rate NaN        | --rate is 0 to 1, not NaN
          measure --rate 1 --loud   | unknown option: --loud
          measure --rate 1 a        | unexpected argument 'a'
          """)
  void badArgumentsAreRefusedInOneLine(String line, String message) {
    assertThat(run(line)).isEqualTo(Program.BAD_ARGUMENTS);
    assertThat(err).hasToString("tool: " + message + " (see --help)\n");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void theFirstWordNamesTheCommand() {
    assertThat(run("measure --rate 0.5")).isZero();
    assertThat(out).hasToString("0.5");
  }

  @ParameterizedTest
  @CsvSource({"--version", "-V", "measure --version", "measure -V", "--loud -V"})
  void everyCommandShowsTheVersion(String line) {
    assertThat(run(line)).isZero();
    assertThat(out).hasToString("tool 1\n");
  }

  @ParameterizedTest
  @CsvSource({"--help", "-h", "-hV", "--count six --help"})
  void helpListsEverythingAndComesBeforeChecksOfValues(String line) {
    assertThat(run(line)).isZero();
    assertThat(out)
        .hasToString(
            """
            Usage: tool [WORD] [options]
            Does nothing.
                  WORD             What to say.
                  --count=N        How many (default: 2).
                  --loud           With noise.
                  --place=DIR      Where.
                  --name=NAME[,...]
                                   Who; repeatable.
                  --extra=TEXT     What else; repeatable.
                  --sizes=N[,...]  How large (default: 1,2).
              -h, --help           Shows this text.
              -V, --version        Shows the version.
            Commands:
              measure              Measures.
            """);
  }

  @Test
  void helpOfOneCommandListsItsOwnOptions() {
    assertThat(run("measure --help")).isZero();
    assertThat(out.toString())
        .startsWith("Usage: tool measure [options]\nMeasures.\n      --rate=RATE      How often.\n")
        .doesNotContain("Commands:");
  }

  @Test
  void helpFitsOnATerminal() {
    String text = "word ".repeat(60).strip() + ".";
    Command wordy = new Command("tool", text, List.of(Option.flag("--flag", text)), (_, _, _) -> 0);
    new Program("tool", wordy).run(new String[] {"--help"}, new PrintWriter(out, true), writer());
    assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
    assertThat(out.toString().split("word", -1)).hasSize(2 * 60 + 1);
  }

  private int run(String line) {
    Program tool = new Program("tool", Optional.of(() -> "tool 1"), MAIN, List.of(MEASURE));
    String[] arguments = line.isEmpty() ? new String[0] : line.split(" +");
    return tool.run(arguments, new PrintWriter(out, true), writer());
  }

  private PrintWriter writer() {
    return new PrintWriter(err, true);
  }
}
