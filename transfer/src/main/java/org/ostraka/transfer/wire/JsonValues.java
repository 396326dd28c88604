package org.ostraka.transfer.wire;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.ostraka.model.AttributeSink;
import org.ostraka.model.DecimalNumber;
import org.ostraka.model.ScalarType;
import tools.jackson.core.JsonGenerator;

/** Writes the attribute values that it receives as DynamoDB JSON. One thread. */
final class JsonValues implements AttributeSink {
  private final JsonGenerator json;

  /** Whether the next values are elements of a set, which are written without their type. */
  private boolean inSet;

  JsonValues(JsonGenerator json) {
    this.json = json;
  }

  @Override
  public void name(String name) {
    json.writeName(name);
  }

  @Override
  public void name(byte[] array, int offset, int length) {
    json.writeName(new String(array, offset, length, StandardCharsets.UTF_8));
  }

  @Override
  public void text(String text) {
    start("S");
    json.writeString(text);
    end();
  }

  @Override
  public void text(byte[] array, int offset, int length) {
    start("S");
    json.writeUTF8String(array, offset, length);
    end();
  }

  @Override
  public void number(BigDecimal number) {
    start("N");
    json.writeString(DecimalNumber.text(number));
    end();
  }

  @Override
  public void binary(byte[] array, int offset, int length) {
    start("B");
    json.writeBinary(array, offset, length);
    end();
  }

  @Override
  public void bool(boolean flag) {
    json.writeStartObject();
    json.writeBooleanProperty("BOOL", flag);
    json.writeEndObject();
  }

  @Override
  public void nullValue() {
    json.writeStartObject();
    json.writeBooleanProperty("NULL", true);
    json.writeEndObject();
  }

  @Override
  public void startMap() {
    json.writeStartObject();
    json.writeName("M").writeStartObject();
  }

  @Override
  public void endMap() {
    json.writeEndObject();
    json.writeEndObject();
  }

  @Override
  public void startList() {
    json.writeStartObject();
    json.writeName("L").writeStartArray();
  }

  @Override
  public void endList() {
    json.writeEndArray();
    json.writeEndObject();
  }

  @Override
  public void startSet(ScalarType type) {
    inSet = true;
    json.writeStartObject();
    json.writeName(type + "S").writeStartArray();
  }

  @Override
  public void endSet() {
    inSet = false;
    json.writeEndArray();
    json.writeEndObject();
  }

  private void start(String type) {
    if (!inSet) {
      json.writeStartObject();
      json.writeName(type);
    }
  }

  private void end() {
    if (!inSet) {
      json.writeEndObject();
    }
  }
}
