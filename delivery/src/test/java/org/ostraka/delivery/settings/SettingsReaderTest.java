package org.ostraka.delivery.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ostraka.delivery.json.JsonSyntaxException;
import org.ostraka.delivery.wire.JsonText;
import org.ostraka.model.AccountId;
import org.ostraka.model.Owner;
import org.ostraka.model.Region;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableName;

/** Single quotes stand for double ones. */
final class SettingsReaderTest {
  private static final Owner OWNER =
      new Owner(new AccountId("000000000000"), new Region("us-east-1"));

  private static final String REQUIRED =
      "'Name': 't', 'Table': 'orders', 'Endpoint': 'http://localhost:1/f',"
          + " 'StartingPosition': 'LATEST'";

  @Test
  void aTriggerHasTheDefaultsOfTheService() {
    TriggerSettings trigger = trigger(REQUIRED);

    assertThat(trigger)
        .isEqualTo(
            new TriggerSettings(
                "t",
                new TableArn(OWNER, new TableName("orders")),
                URI.create("http://localhost:1/f"),
                StartingPosition.LATEST,
                100,
                Duration.ZERO,
                1,
                OptionalInt.empty(),
                Optional.empty(),
                false,
                false,
                trigger.filters(),
                Optional.empty(),
                Duration.ofSeconds(60)));
    assertThat(trigger.filters()).isEmpty();
  }

  @Test
  void everySettingOfATriggerIsRead() {
    TriggerSettings trigger =
        trigger(
            """
            'Name': 'audit', 'Table': 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders',
            'Endpoint': 'https://f.example/x', 'StartingPosition': 'TRIM_HORIZON',
            'BatchSize': 10000, 'MaximumBatchingWindowInSeconds': 300, 'ParallelizationFactor': 10,
            'MaximumRetryAttempts': 0, 'MaximumRecordAgeInSeconds': 604800,
            'BisectBatchOnFunctionError': true,
            'FunctionResponseTypes': ['ReportBatchItemFailures'],
            'FilterCriteria': {'Filters': [{'Pattern': '{\\"eventName\\": [\\"INSERT\\"]}'}]},
            'DestinationConfig': {'OnFailure': {'File': 'dead.jsonl'}}, 'TimeoutInSeconds': 900
            """);

    assertThat(trigger.table().toString())
        .isEqualTo("arn:aws:dynamodb:eu-west-1:123456789012:table/orders");
    assertThat(trigger.startingPosition()).isEqualTo(StartingPosition.TRIM_HORIZON);
    assertThat(trigger.batchSize()).isEqualTo(10_000);
    assertThat(trigger.batchingWindow()).isEqualTo(Duration.ofMinutes(5));
    assertThat(trigger.parallelizationFactor()).isEqualTo(10);
    assertThat(trigger.maxRetries()).hasValue(0);
    assertThat(trigger.maxRecordAge()).contains(Duration.ofDays(7));
    assertThat(trigger.bisects()).isTrue();
    assertThat(trigger.reportsItemFailures()).isTrue();
    assertThat(trigger.filters()).hasSize(1);
    assertThat(trigger.deadLetters()).contains(Path.of("dead.jsonl"));
    assertThat(trigger.timeout()).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void everySettingOfASinkIsRead() {
    DeliverySettings settings =
        read(
            """
            {'Sinks': [
              {'Name': 'k', 'Table': 'orders', 'StartingPosition': 'LATEST',
               'Kafka': {'BootstrapServers': 'a:1,b:2', 'Topic': 'changes',
                         'Properties': {'compression.type': 'zstd'}}},
              {'Name': 'q', 'Table': 'orders',
               'Amqp': {'Uri': 'amqp://u:p@h:5672/v', 'Exchange': 'x', 'RoutingKey': 'r'}}]}
            """);

    TableArn table = new TableArn(OWNER, new TableName("orders"));
    assertThat(settings.sinks())
        .containsExactly(
            new SinkSettings(
                "k",
                table,
                StartingPosition.LATEST,
                new SinkSettings.Kafka("a:1,b:2", "changes", Map.of("compression.type", "zstd"))),
            new SinkSettings(
                "q",
                table,
                StartingPosition.TRIM_HORIZON,
                new SinkSettings.Amqp(URI.create("amqp://u:p@h:5672/v"), "x", "r")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'BatchSize': 0 | BatchSize: must be a whole number from 1 to 10000",
        "'BatchSize': 10001 | BatchSize: must be a whole number from 1 to 10000",
        "'BatchSize': 1.5 | BatchSize: must be a whole number from 1 to 10000",
        "'BatchSize': '5' | BatchSize: must be a number, not a string",
        "'MaximumBatchingWindowInSeconds': 301 | MaximumBatchingWindowInSeconds: must be a whole number from 0 to 300",
        "'ParallelizationFactor': 11 | ParallelizationFactor: must be a whole number from 1 to 10",
        "'MaximumRetryAttempts': -2 | MaximumRetryAttempts: must be a whole number from -1 to 10000",
        "'MaximumRecordAgeInSeconds': 59 | MaximumRecordAgeInSeconds: must be -1, or at least 60",
        "'BisectBatchOnFunctionError': 1 | BisectBatchOnFunctionError: must be true or false, not a number",
        "'FunctionResponseTypes': ['X'] | FunctionResponseTypes: has only the value ReportBatchItemFailures",
        "'FilterCriteria': {'Filters': [{}]} | FilterCriteria.Filters[0].Pattern: is required",
        "'FilterCriteria': {'Filters': [{'Pattern': '{}'}]} | FilterCriteria.Filters[0].Pattern: is not a pattern: an object of a pattern has at least one field",
        "'DestinationConfig': {'OnFailure': {'File': 'f', 'Queue': 'q'}} | DestinationConfig.OnFailure.Queue: is not a setting; there are File",
        "'DestinationConfig': {'OnFailure': {}} | DestinationConfig.OnFailure.File: is required",
        "'TimeoutInSeconds': 901 | TimeoutInSeconds: must be a whole number from 1 to 900",
      })
  void refusesASettingThatIsOutOfRange(String setting, String message) {
    assertThatThrownBy(() -> trigger(REQUIRED + ", " + setting))
        .isInstanceOf(SettingsException.class)
        .hasMessage("Triggers[0]." + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'Name': 't' | 'Nane': 't' | Name: is required",
        "'Name': 't' | 'Name': 'a b' | Name: must be 1 to 128 of",
        "'Table': 'orders' | 'Table': 'o' | Table: must be a table's name or ARN",
        "http://localhost:1/f | ftp://x/f | Endpoint: must be an http or https URL",
        "http://localhost:1/f | http://u:p@x/f | Endpoint: must be an http or https URL",
        "LATEST | AT_TIMESTAMP | StartingPosition: must be TRIM_HORIZON or LATEST",
      })
  void refusesARequiredSettingThatIsWrong(String right, String wrong, String message) {
    assertThatThrownBy(() -> trigger(REQUIRED.replace(right, wrong)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("Triggers[0]." + message);
  }

  @Test
  void reportsAllProblemsAtOnce() {
    String text =
        """
        {'Triggers': [{'Name': 'x', 'Table': 'orders', 'Endpoint': 'http://h', 'BatchSize': 0}],
         'Sinks': [{'Name': 'x', 'Table': 'orders'},
                   {'Name': 'y', 'Table': 'orders', 'Amqp': {'Uri': 'http://h'}},
                   {'Name': 'z', 'Table': 'orders',
                    'Kafka': {'BootstrapServers': 'h:1', 'Topic': 't', 'Properties': {'acks': '1'}}}],
         'Sink': []}
        """;

    SettingsException refused = catchThrowableOfType(SettingsException.class, () -> read(text));

    assertThat(refused.problems())
        .containsExactly(
            "Triggers[0].StartingPosition: is required",
            "Triggers[0].BatchSize: must be a whole number from 1 to 10000",
            "Sinks[0].Name: is the name of another trigger or sink",
            "Sinks[0].Kafka: a sink has either Kafka or Amqp",
            "Sinks[1].Amqp.Uri: must be a URI like amqp://user:password@host:5672/vhost",
            "Sinks[1].Amqp.RoutingKey: is required without Exchange: it is the name of a queue",
            "Sinks[2].Kafka.Properties.acks: cannot be chosen",
            "Sink: is not a setting; there are Triggers, Sinks");
  }

  @Test
  void twoTriggersDoNotShareADeadLetterFile() {
    String dead = ", 'DestinationConfig': {'OnFailure': {'File': 'dead'}}}";
    String two = "{" + REQUIRED + dead + ", {" + REQUIRED.replace("'t'", "'u'") + dead;

    assertThatThrownBy(() -> read("{'Triggers': [" + two + "]}"))
        .hasMessage("Triggers[1].DestinationConfig.OnFailure.File: is the file of another trigger");
  }

  @Test
  void refusesAMemberThatIsThereTwice() {
    assertThatThrownBy(() -> read("{'Triggers': [], 'Triggers': []}"))
        .isInstanceOf(JsonSyntaxException.class)
        .hasMessageContaining("line 1");
  }

  private static TriggerSettings trigger(String members) {
    return read("{'Triggers': [{" + members + "}]}").triggers().getFirst();
  }

  private static DeliverySettings read(String text) {
    byte[] file = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return SettingsReader.read(file, OWNER, JsonText::parse);
  }
}
