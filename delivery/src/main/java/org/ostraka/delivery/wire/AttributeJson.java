package org.ostraka.delivery.wire;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.ostraka.model.AttributeSink;
import org.ostraka.model.DecimalNumber;
import org.ostraka.model.Item;
import org.ostraka.model.ScalarType;
import tools.jackson.core.JsonGenerator;

/** Writes attributes in DynamoDB's JSON. One thread. */
final class AttributeJson implements AttributeSink {
  private final JsonGenerator json;

  /** Whether the next values are elements of a set, which are written without their type. */
  private boolean inSet;

  private AttributeJson(JsonGenerator json) {
    this.json = json;
  }

  /** Writes an item as an object. */
  static void write(JsonGenerator json, Item item) {
    json.writeStartObject();
    item.writeTo(new AttributeJson(json));
    json.writeEndObject();
  }

  /** Writes an item as a property of the object that is being written. */
  static void property(JsonGenerator json, String name, Item item) {
    json.writeName(name);
    write(json, item);
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
    startScalar("S");
    json.writeString(text);
    endScalar();
  }

  @Override
  public void text(byte[] array, int offset, int length) {
    startScalar("S");
    json.writeUTF8String(array, offset, length);
    endScalar();
  }

  @Override
  public void number(BigDecimal number) {
    startScalar("N");
    json.writeString(DecimalNumber.text(number));
    endScalar();
  }

  @Override
  public void binary(byte[] array, int offset, int length) {
    startScalar("B");
    json.writeBinary(array, offset, length);
    endScalar();
  }

  @Override
  public void bool(boolean flag) {
    json.writeStartObject().writeBooleanProperty("BOOL", flag).writeEndObject();
  }

  @Override
  public void nullValue() {
    json.writeStartObject().writeBooleanProperty("NULL", true).writeEndObject();
  }

  @Override
  public void startMap() {
    json.writeStartObject().writeName("M").writeStartObject();
  }

  @Override
  public void endMap() {
    json.writeEndObject().writeEndObject();
  }

  @Override
  public void startList() {
    json.writeStartObject().writeName("L").writeStartArray();
  }

  @Override
  public void endList() {
    json.writeEndArray().writeEndObject();
  }

  @Override
  public void startSet(ScalarType type) {
    inSet = true;
    json.writeStartObject().writeName(type + "S").writeStartArray();
  }

  @Override
  public void endSet() {
    inSet = false;
    json.writeEndArray().writeEndObject();
  }

  private void startScalar(String type) {
    if (!inSet) {
      json.writeStartObject().writeName(type);
    }
  }

  private void endScalar() {
    if (!inSet) {
      json.writeEndObject();
    }
  }
}
