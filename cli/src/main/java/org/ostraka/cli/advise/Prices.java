package org.ostraka.cli.advise;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import org.ostraka.options.BadArgumentsException;

/**
 * Prices of DynamoDB in a region on a day, in dollars. Immutable.
 *
 * @param source where they are from
 */
public record Prices(LocalDate date, String region, String source, Map<Price, Double> byPrice) {
  /** What has a price. */
  public enum Price {
    ON_DEMAND_WRITE("on-demand.write-million"),
    ON_DEMAND_REPLICATED_WRITE("on-demand.replicated-write-million"),
    ON_DEMAND_READ("on-demand.read-million"),
    PROVISIONED_WRITE("provisioned.write-hour"),
    PROVISIONED_REPLICATED_WRITE("provisioned.replicated-write-hour"),
    PROVISIONED_READ("provisioned.read-hour"),
    STORAGE("storage.gb-month"),
    RECOVERY("recovery.gb-month"),
    BACKUP("backup.gb-month"),
    EXPORT("export.gb"),
    STREAM_READ("stream.read-100k"),
    DAX_NODE("dax.node-hour");

    private final String key;

    Price(String key) {
      this.key = key;
    }
  }

  public Prices {
    byPrice = Map.copyOf(byPrice);
  }

  /** Returns the prices that Ostraka was built with. */
  public static Prices current() {
    return resource("prices.properties");
  }

  /** Returns the prices until October 2024, with which the seeds were calculated. */
  public static Prices ofSeeds() {
    return resource("prices-before-november-2024.properties");
  }

  private static Prices resource(String name) {
    try (InputStream in = Prices.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      return read(new InputStreamReader(in, StandardCharsets.UTF_8), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a price file.
   *
   * @param name the file's name in messages
   * @throws BadArgumentsException when a price is missing, unknown or negative
   */
  public static Prices read(Reader file, String name) throws IOException {
    Properties given = new Properties();
    given.load(file);
    Map<Price, Double> prices = new EnumMap<>(Price.class);
    for (Price price : Price.values()) {
      prices.put(price, dollars(name, price.key, take(given, name, price.key)));
    }
    LocalDate date = date(name, take(given, name, "date"));
    String region = take(given, name, "region");
    String source = take(given, name, "source");
    if (!given.isEmpty()) {
      throw new BadArgumentsException(
          name + " has " + given.stringPropertyNames().iterator().next() + ", which is no price");
    }
    return new Prices(date, region, source, prices);
  }

  private static String take(Properties given, String file, String key) {
    Object value = given.remove(key);
    if (value == null) {
      throw new BadArgumentsException(file + " lacks " + key);
    }
    return value.toString().strip();
  }

  private static double dollars(String file, String key, String text) {
    try {
      double dollars = Double.parseDouble(text);
      if (dollars >= 0 && Double.isFinite(dollars)) {
        return dollars;
      }
    } catch (NumberFormatException _) {
      // It is refused below.
    }
    throw new BadArgumentsException(file + ": " + key + " is an amount of dollars, not " + text);
  }

  private static LocalDate date(String file, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException _) {
      throw new BadArgumentsException(file + ": date is like 2026-11-29, not " + text);
    }
  }

  double of(Price price) {
    return byPrice.getOrDefault(price, 0.0);
  }

  /**
   * Returns the share of provisioned write units that must be used for them to be cheaper than
   * on-demand ones.
   */
  double breakEven(Price provisioned, Price onDemand) {
    return of(provisioned) / (of(onDemand) * 3_600 / 1e6);
  }
}
