package org.ostraka.server.wire;

import java.math.BigDecimal;
import org.ostraka.model.AttributeSink;
import org.ostraka.model.DecimalNumber;
import org.ostraka.model.Item;
import org.ostraka.model.ScalarType;

/** Writes the attribute values that it receives. One thread. */
final class AttributeWriter implements AttributeSink {
  private final JsonOutput json;

  /** Whether the next values are elements of a set, which are written without their type. */
  private boolean inSet;

  /** The names of types. */
  private static final class Type {
    static final JsonName S = JsonName.of("S");
    static final JsonName N = JsonName.of("N");
    static final JsonName B = JsonName.of("B");
    static final JsonName BOOL = JsonName.of("BOOL");
    static final JsonName NULL = JsonName.of("NULL");
    static final JsonName M = JsonName.of("M");
    static final JsonName L = JsonName.of("L");

    private Type() {}
  }

  private AttributeWriter(JsonOutput json) {
    this.json = json;
  }

  static void item(JsonOutput json, String name, Item item) {
    json.writeName(name);
    element(json, item);
  }

  static void item(JsonOutput json, JsonName name, Item item) {
    json.writeName(name);
    element(json, item);
  }

  static void element(JsonOutput json, Item item) {
    json.writeStartObject();
    item.writeTo(new AttributeWriter(json));
    json.writeEndObject();
  }

  @Override
  public void name(String name) {
    json.writeName(name);
  }

  @Override
  public void name(byte[] array, int offset, int length) {
    json.writeName(array, offset, length);
  }

  @Override
  public void text(String text) {
    startScalar(Type.S);
    json.writeString(text);
    endScalar();
  }

  @Override
  public void text(byte[] array, int offset, int length) {
    startScalar(Type.S);
    json.writeString(array, offset, length);
    endScalar();
  }

  @Override
  public void number(BigDecimal number) {
    startScalar(Type.N);
    json.writeString(DecimalNumber.text(number));
    endScalar();
  }

  @Override
  public void binary(byte[] array, int offset, int length) {
    startScalar(Type.B);
    json.writeBinary(array, offset, length);
    endScalar();
  }

  @Override
  public void bool(boolean flag) {
    json.writeStartObject();
    json.writeName(Type.BOOL).writeBoolean(flag);
    json.writeEndObject();
  }

  @Override
  public void nullValue() {
    json.writeStartObject();
    json.writeName(Type.NULL).writeBoolean(true);
    json.writeEndObject();
  }

  @Override
  public void startMap() {
    json.writeStartObject().writeName(Type.M).writeStartObject();
  }

  @Override
  public void endMap() {
    json.writeEndObject().writeEndObject();
  }

  @Override
  public void startList() {
    json.writeStartObject().writeName(Type.L).writeStartArray();
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

  private void startScalar(JsonName type) {
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
