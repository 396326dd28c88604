package org.ostraka.delivery.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.ostraka.delivery.json.JsonValue;
import org.ostraka.model.Owner;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableName;

/** Reads the configuration of triggers and sinks. One thread. */
public final class SettingsReader {
  /** Each trigger and sink has a thread for each open shard of its table. */
  private static final int MAX_READERS = 100;

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,128}");

  /** Properties of a producer on which its promise rests: at least once, in order per key. */
  private static final Set<String> RESERVED_PROPERTIES =
      Set.of(
          "bootstrap.servers",
          "key.serializer",
          "value.serializer",
          "acks",
          "enable.idempotence",
          "retries",
          "delivery.timeout.ms",
          "max.in.flight.requests.per.connection",
          "transactional.id");

  private final Owner owner;
  private final Function<byte[], JsonValue> json;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private SettingsReader(Owner owner, Function<byte[], JsonValue> json) {
    this.owner = owner;
    this.json = json;
  }

  /**
   * Returns what a file says.
   *
   * @param owner whose tables are meant where only a name is given
   * @param json reads JSON; throws JsonSyntaxException when a text is none
   * @throws SettingsException when anything is unknown, missing, or out of its range
   */
  public static DeliverySettings read(byte[] file, Owner owner, Function<byte[], JsonValue> json) {
    return new SettingsReader(owner, json).read(file);
  }

  private DeliverySettings read(byte[] file) {
    Section root = Section.of("", json.apply(file), problems);
    List<TriggerSettings> triggers = new ArrayList<>();
    List<SinkSettings> sinks = new ArrayList<>();
    TriggerReader reader = new TriggerReader(this, json);
    List<JsonValue> elements = root.elements("Triggers", MAX_READERS);
    for (int i = 0; i < elements.size(); i++) {
      triggers.add(reader.trigger(root.element("Triggers", i, elements.get(i))));
    }
    elements = root.elements("Sinks", MAX_READERS);
    for (int i = 0; i < elements.size(); i++) {
      sink(root.element("Sinks", i, elements.get(i))).ifPresent(sinks::add);
    }
    root.refuseUnknown();
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return new DeliverySettings(triggers, sinks);
  }

  /**
   * Returns the name of a trigger or sink; each is used once, since it names a place in the log.
   */
  String name(Section section) {
    String name = section.requiredText("Name");
    if (name.isEmpty()) {
      return name;
    }
    if (!NAME.matcher(name).matches()) {
      section.refuse("Name", "must be 1 to 128 of a-z, A-Z, 0-9, full stop, underscore and hyphen");
    } else if (!names.add(name)) {
      section.refuse("Name", "is the name of another trigger or sink");
    }
    return name;
  }

  TableArn table(Section section) {
    return section.parsed(
        "Table",
        new TableArn(owner, new TableName("---")),
        "a table's name or ARN",
        text ->
            TableName.isLegal(text)
                ? Optional.of(new TableArn(owner, new TableName(text)))
                : TableArn.parse(text));
  }

  static StartingPosition startingPosition(Section section) {
    return section.parsed(
        "StartingPosition",
        StartingPosition.TRIM_HORIZON,
        "TRIM_HORIZON or LATEST",
        text ->
            List.of(StartingPosition.values()).stream()
                .filter(position -> position.name().equals(text))
                .findAny());
  }

  private Optional<SinkSettings> sink(Section section) {
    String name = name(section);
    TableArn table = table(section);
    StartingPosition start =
        section.has("StartingPosition") ? startingPosition(section) : StartingPosition.TRIM_HORIZON;
    Optional<SinkSettings.Broker> kafka = section.section("Kafka").map(SettingsReader::kafka);
    Optional<SinkSettings.Broker> amqp = section.section("Amqp").map(SettingsReader::amqp);
    section.refuseUnknown();
    if (kafka.isPresent() == amqp.isPresent()) {
      section.refuse("Kafka", "a sink has either Kafka or Amqp");
    }
    return kafka.or(() -> amqp).map(broker -> new SinkSettings(name, table, start, broker));
  }

  private static SinkSettings.Broker kafka(Section section) {
    String servers = section.requiredText("BootstrapServers");
    String topic = section.requiredText("Topic");
    Optional<Section> properties = section.section("Properties");
    properties.ifPresent(given ->
        RESERVED_PROPERTIES.stream()
            .sorted()
            .filter(given::has)
            .forEach(name -> given.refuse(name, "cannot be chosen")));
    section.refuseUnknown();
    return new SinkSettings.Kafka(servers, topic, properties.map(Section::texts).orElse(Map.of()));
  }

  private static SinkSettings.Broker amqp(Section section) {
    URI uri =
        section.parsed(
            "Uri",
            URI.create("amqp://localhost"),
            "a URI like amqp://user:password@host:5672/vhost",
            text -> uri(text, Set.of("amqp", "amqps")));
    String exchange = section.text("Exchange").orElse("");
    String routingKey = section.text("RoutingKey").orElse("");
    if (exchange.isEmpty() && routingKey.isEmpty()) {
      section.refuse("RoutingKey", "is required without Exchange: it is the name of a queue");
    }
    section.refuseUnknown();
    return new SinkSettings.Amqp(uri, exchange, routingKey);
  }

  /** Returns the URI that a text spells; empty unless it has one of the schemes, and a host. */
  static Optional<URI> uri(String text, Set<String> schemes) {
    try {
      URI uri = new URI(text);
      boolean fits =
          uri.getScheme() != null
              && schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT))
              && uri.getHost() != null;
      return fits ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }
}
