package org.ostraka.cli.advise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ostraka.options.BadArgumentsException;

/**
 * The traffic of each table since a server started, as its metrics tell it. Immutable.
 *
 * @param seconds how long the server has run
 */
public record Traffic(double seconds, List<OfTable> tables) {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-z_]+)\\{(.*)} ([0-9.eE+-]+)(?: [0-9]+)?");
  private static final Pattern PLAIN = Pattern.compile("([a-z_]+) ([0-9.eE+-]+)(?: [0-9]+)?");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final String UPTIME = "process_uptime_seconds";
  private static final String WRITE_UNITS = "dynamodb_consumed_write_capacity_units_total";
  private static final String READ_UNITS = "dynamodb_consumed_read_capacity_units_total";
  private static final String REQUESTS = "dynamodb_successful_request_latency_seconds_count";
  private static final String THROTTLED = "dynamodb_(?:read|write)_throttle_events_total";

  /** Answers that are in the measured units already, and would count twice if others were given. */
  private static final Map<Question, String> MEASURED =
      Map.of(
          Question.TRANSACTIONAL, "no",
          Question.INDEXES, "0",
          Question.HOURS, "24",
          Question.DAYS, "30");

  /**
   * What was counted of a table with its global indexes. Immutable.
   *
   * @param name the table, with its account and region when there are several of that name
   * @param throttled how often the service would have had no capacity, or had none
   */
  public record OfTable(
      String name, double writeUnits, double readUnits, double requests, double throttled) {
    private OfTable plus(OfTable other) {
      return new OfTable(
          name,
          writeUnits + other.writeUnits,
          readUnits + other.readUnits,
          requests + other.requests,
          throttled + other.throttled);
    }
  }

  public Traffic {
    tables = List.copyOf(tables);
  }

  /**
   * Reads what the admin listener shows below {@code /metrics}.
   *
   * @throws BadArgumentsException when it is not a server's metrics
   */
  public static Traffic of(String metrics) {
    Map<String, OfTable> tables = new TreeMap<>();
    Optional<Double> seconds = Optional.empty();
    for (String line : metrics.lines().toList()) {
      Matcher sample = SAMPLE.matcher(line);
      Matcher plain = PLAIN.matcher(line);
      if (sample.matches()) {
        add(tables, sample.group(1), labels(sample.group(2)), number(sample.group(3)));
      } else if (plain.matches() && plain.group(1).equals(UPTIME)) {
        seconds = Optional.of(number(plain.group(2)));
      }
    }
    return new Traffic(
        seconds
            .filter(each -> each > 0)
            .orElseThrow(() -> new BadArgumentsException("the answer has no " + UPTIME)),
        new ArrayList<>(tables.values()));
  }

  private static void add(
      Map<String, OfTable> tables, String metric, Map<String, String> labels, double value) {
    String table = labels.get("table_name");
    if (table == null) {
      return;
    }
    String name = labels.get("account") + "/" + labels.get("region") + "/" + table;
    OfTable added =
        switch (metric) {
          case WRITE_UNITS -> new OfTable(name, value, 0, 0, 0);
          case READ_UNITS -> new OfTable(name, 0, value, 0, 0);
          case REQUESTS -> new OfTable(name, 0, 0, value, 0);
          default -> new OfTable(name, 0, 0, 0, metric.matches(THROTTLED) ? value : 0);
        };
    tables.merge(name, added, OfTable::plus);
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new HashMap<>();
    Matcher label = LABEL.matcher(text);
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    return labels;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      throw new BadArgumentsException("the answer has the value " + text);
    }
  }

  /**
   * Returns the traffic of the tables of one name.
   *
   * @throws BadArgumentsException when there is none
   */
  public Traffic only(String table) {
    List<OfTable> found =
        tables.stream().filter(each -> each.name().endsWith("/" + table)).toList();
    if (found.isEmpty()) {
      throw new BadArgumentsException("the server has counted nothing of a table " + table);
    }
    return new Traffic(seconds, found);
  }

  /**
   * Answers the questions that the traffic answers: the units that were consumed, as writes and
   * strongly consistent reads of one unit each, all day. They have the units of transactions and
   * indexes in them.
   */
  public void answer(Description description) {
    description.answer(Question.WRITES, perSecond(OfTable::writeUnits));
    description.answer(Question.WRITE_SIZE, "1KB");
    description.answer(Question.READS, perSecond(OfTable::readUnits));
    description.answer(Question.READ_SIZE, "4KB");
    description.answer(Question.CONSISTENCY, "strong");
    MEASURED.forEach(description::answer);
  }

  /** Returns whether a question may not be answered beside measured traffic. */
  public static boolean measures(Question question) {
    return MEASURED.containsKey(question);
  }

  private String perSecond(ToDoubleFunction<OfTable> of) {
    return Double.toString(tables.stream().mapToDouble(of).sum() / seconds);
  }

  /** Returns a line for each table: its traffic, and what its throughput costs a month. */
  public String report(Prices prices) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Traffic a second by table, the mean of the %,.0f seconds since the server started, and"
                + " what its throughput costs in dollars a month%n"
                + "  %-40s %12s %12s %12s %10s %12s %12s%n",
            seconds,
            "account/region/table",
            "requests/s",
            "write units",
            "read units",
            "throttled",
            "on demand",
            "provisioned"));
    for (OfTable table : tables) {
      Description description = new Description();
      new Traffic(seconds, List.of(table)).answer(description);
      Bill bill = Bill.of(description.workload(), prices);
      text.append(
          String.format(
              Locale.ROOT,
              "  %-40s %,12.1f %,12.1f %,12.1f %,10.0f %,12.2f %,12.2f%n",
              table.name(),
              table.requests() / seconds,
              table.writeUnits() / seconds,
              table.readUnits() / seconds,
              table.throttled(),
              bill.onDemand(),
              bill.provisioned()));
    }
    return text.append('\n').toString();
  }
}
