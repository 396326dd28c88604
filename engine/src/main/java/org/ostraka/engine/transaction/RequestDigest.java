package org.ostraka.engine.transaction;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.AttributeValue;
import org.ostraka.model.Bytes;
import org.ostraka.model.DecimalNumber;
import org.ostraka.model.TableArn;
import org.ostraka.model.operation.TransactWriteItems.Action;
import org.ostraka.model.operation.WriteCondition;

/**
 * What a transaction asks, as a number of 256 bits that is the same for the same actions: the order
 * of members, of attributes, and of the elements of sets does not count, nor does what the caller
 * wants to be told of capacity. Part of the format on disk. One thread.
 */
final class RequestDigest {
  private static final int ABSENT = -1;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream output = new DataOutputStream(bytes);

  private RequestDigest() {}

  /**
   * The digest of a transaction's actions.
   *
   * @param tables the table to which a name or ARN refers
   */
  static Bytes of(List<Action.OnItem> actions, Function<String, TableArn> tables) {
    RequestDigest digest = new RequestDigest();
    try {
      for (Action.OnItem action : actions) {
        digest.text(tables.apply(action.tableName()).toString());
        digest.action(action);
        digest.condition(action.condition());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return Bytes.wrap(sha256().digest(digest.bytes.toByteArray()));
  }

  private void action(Action.OnItem action) throws IOException {
    switch (action) {
      case Action.Put put -> {
        output.writeByte('P');
        attributes(put.item().attributes());
      }
      case Action.Update update -> {
        output.writeByte('U');
        attributes(update.key().attributes());
        text(update.expression());
      }
      case Action.Delete delete -> {
        output.writeByte('D');
        attributes(delete.key().attributes());
      }
      case Action.ConditionCheck check -> {
        output.writeByte('C');
        attributes(check.key().attributes());
      }
    }
  }

  private void condition(WriteCondition condition) throws IOException {
    text(condition.expression());
    output.writeBoolean(condition.tellItem());
    Map<String, String> names = condition.substitutions().names();
    output.writeInt(names == null ? ABSENT : names.size());
    if (names != null) {
      for (Map.Entry<String, String> name : new TreeMap<>(names).entrySet()) {
        text(name.getKey());
        text(name.getValue());
      }
    }
    Map<String, AttributeValue> values = condition.substitutions().values();
    if (values == null) {
      output.writeInt(ABSENT);
    } else {
      attributes(values);
    }
  }

  private void attributes(Map<String, AttributeValue> attributes) throws IOException {
    output.writeInt(attributes.size());
    for (Map.Entry<String, AttributeValue> entry : new TreeMap<>(attributes).entrySet()) {
      text(entry.getKey());
      value(entry.getValue());
    }
  }

  private void value(AttributeValue value) throws IOException {
    output.writeUTF(value.getClass().getSimpleName());
    switch (value) {
      case AttributeValue.S text -> text(text.value());
      case AttributeValue.N number -> text(DecimalNumber.text(number.value()));
      case AttributeValue.B binary -> text(binary.value().toString());
      case AttributeValue.Bool flag -> output.writeBoolean(flag.value());
      case AttributeValue.Null _ -> {}
      case AttributeValue.L list -> {
        output.writeInt(list.values().size());
        for (AttributeValue element : list.values()) {
          value(element);
        }
      }
      case AttributeValue.M map -> attributes(map.values());
      case AttributeValue.SS set -> sorted(set.values());
      case AttributeValue.NS set -> sorted(set.values().stream().map(DecimalNumber::text).toList());
      case AttributeValue.BS set -> sorted(set.values().stream().map(Bytes::toString).toList());
    }
  }

  private void sorted(Collection<String> texts) throws IOException {
    output.writeInt(texts.size());
    for (String text : texts.stream().sorted().toList()) {
      text(text);
    }
  }

  private void text(@Nullable String text) throws IOException {
    if (text == null) {
      output.writeInt(ABSENT);
      return;
    }
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    output.writeInt(encoded.length);
    output.write(encoded);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
