package org.ostraka.transfer.ion;

import com.amazon.ion.IonType;
import com.amazon.ion.IonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.ostraka.model.AttributeSink;
import org.ostraka.model.ScalarType;

/** Writes the attribute values that it receives as Ion. One thread. */
final class IonValues implements AttributeSink {
  /** Begins the annotation of a set. */
  static final String SET = "$dynamodb_";

  private final IonWriter ion;

  IonValues(IonWriter ion) {
    this.ion = ion;
  }

  /** A call of the writer, which writes to a stream. */
  private interface Writing {
    void run() throws IOException;
  }

  private static void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void name(String name) {
    ion.setFieldName(name);
  }

  @Override
  public void name(byte[] array, int offset, int length) {
    ion.setFieldName(new String(array, offset, length, StandardCharsets.UTF_8));
  }

  @Override
  public void text(String text) {
    write(() -> ion.writeString(text));
  }

  @Override
  public void text(byte[] array, int offset, int length) {
    text(new String(array, offset, length, StandardCharsets.UTF_8));
  }

  @Override
  public void number(BigDecimal number) {
    write(() -> ion.writeDecimal(number));
  }

  @Override
  public void binary(byte[] array, int offset, int length) {
    write(() -> ion.writeBlob(array, offset, length));
  }

  @Override
  public void bool(boolean flag) {
    write(() -> ion.writeBool(flag));
  }

  @Override
  public void nullValue() {
    write(ion::writeNull);
  }

  @Override
  public void startMap() {
    write(() -> ion.stepIn(IonType.STRUCT));
  }

  @Override
  public void endMap() {
    write(ion::stepOut);
  }

  @Override
  public void startList() {
    write(() -> ion.stepIn(IonType.LIST));
  }

  @Override
  public void endList() {
    write(ion::stepOut);
  }

  @Override
  public void startSet(ScalarType type) {
    ion.addTypeAnnotation(SET + type + "S");
    write(() -> ion.stepIn(IonType.LIST));
  }

  @Override
  public void endSet() {
    write(ion::stepOut);
  }
}
