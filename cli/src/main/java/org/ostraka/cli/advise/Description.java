package org.ostraka.cli.advise;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ostraka.options.BadArgumentsException;

/** The answers to the advisor's questions. One thread. */
public final class Description {
  private static final Pattern SIZE =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?(B|KB|MB|GB|TB)?", Pattern.CASE_INSENSITIVE);
  private static final double GB = 1e9;
  private static final double SECONDS = 3_600;

  private final Map<Question, String> answers = new EnumMap<>(Question.class);

  /** Notes an answer, in place of an earlier one. */
  public void answer(Question question, String text) {
    answers.put(question, text.strip());
  }

  /**
   * Notes an answer such as {@code writes=500}.
   *
   * @throws BadArgumentsException when it answers no question
   */
  public void answer(String assignment) {
    int equals = assignment.indexOf('=');
    Optional<Question> question =
        equals < 0 ? Optional.empty() : Question.of(assignment.substring(0, equals).strip());
    answer(
        question.orElseThrow(() ->
            new BadArgumentsException(
                assignment
                    + " is not NAME=VALUE with one of these names: "
                    + String.join(", ", Question.words()))),
        assignment.substring(equals + 1));
  }

  /** Returns whether a question was answered. */
  public boolean hasAnswer(Question question) {
    return answers.containsKey(question);
  }

  /**
   * Returns the workload that the answers describe.
   *
   * @throws BadArgumentsException when one of them cannot be understood
   */
  public Workload workload() {
    double writes = number(Question.WRITES);
    double hours = within(Question.HOURS, 24);
    double days = within(Question.DAYS, 31);
    long writeBytes = bytes(Question.WRITE_SIZE);
    return new Workload(
        word(Question.KIND, List.of(Workload.Kind.values())),
        writes,
        writeBytes,
        flag(Question.TRANSACTIONAL),
        number(Question.READS),
        bytes(Question.READ_SIZE),
        word(Question.CONSISTENCY, List.of(Workload.Consistency.values())),
        hours,
        days,
        Math.max(1, count(Question.REGIONS)),
        storageGb(writes * writeBytes * hours * SECONDS),
        count(Question.INDEXES),
        bytes(Question.INDEX_SIZE),
        count(Question.STREAM_READERS),
        flag(Question.RECOVERY),
        size(Question.BACKUPS) / GB,
        size(Question.EXPORTS) / GB,
        count(Question.DAX_NODES),
        flag(Question.JOINS),
        flag(Question.CACHED));
  }

  private double storageGb(double bytesPerDay) {
    return text(Question.STORAGE).isEmpty()
        ? bytesPerDay * number(Question.RETENTION) / GB
        : size(Question.STORAGE) / GB;
  }

  private String text(Question question) {
    return answers.getOrDefault(question, question.usual());
  }

  private double number(Question question) {
    try {
      double number = Double.parseDouble(text(question));
      if (number >= 0 && Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException _) {
      // It is refused below.
    }
    throw bad(question, "a number from 0 on");
  }

  private double within(Question question, double most) {
    double number = number(question);
    if (number <= 0 || number > most) {
      throw bad(question, "more than 0 and at most " + (long) most);
    }
    return number;
  }

  private int count(Question question) {
    double number = number(question);
    if (number != Math.rint(number) || number > 1_000) {
      throw bad(question, "a whole number up to 1000");
    }
    return (int) number;
  }

  private boolean flag(Question question) {
    return switch (text(question).toLowerCase(Locale.ROOT)) {
      case "yes", "true" -> true;
      case "no", "false" -> false;
      default -> throw bad(question, "yes or no");
    };
  }

  /** Reads the size of an item, in units of 1,024 bytes as DynamoDB counts them. */
  private long bytes(Question question) {
    return Math.max(1, Math.round(sized(question, 1_024)));
  }

  /** Reads the size of data that is stored, in units of 1,000 bytes as DynamoDB bills them. */
  private double size(Question question) {
    return sized(question, 1_000);
  }

  private double sized(Question question, double thousand) {
    Matcher matcher = SIZE.matcher(text(question));
    if (!matcher.matches()) {
      throw bad(question, "a size such as 3KB or 15TB");
    }
    String unit = matcher.group(2) == null ? "B" : matcher.group(2).toUpperCase(Locale.ROOT);
    int power = List.of("B", "KB", "MB", "GB", "TB").indexOf(unit);
    return Double.parseDouble(matcher.group(1)) * Math.pow(thousand, power);
  }

  private <E extends Enum<E>> E word(Question question, List<E> words) {
    String wanted = text(question).toUpperCase(Locale.ROOT).replace('-', '_');
    return words.stream()
        .filter(each -> each.name().equals(wanted))
        .findFirst()
        .orElseThrow(() ->
            bad(
                question,
                String.join(
                    ", ",
                    words.stream()
                        .map(each -> each.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList())));
  }

  private BadArgumentsException bad(Question question, String wanted) {
    return new BadArgumentsException(question.word() + " is " + wanted + ", not " + text(question));
  }
}
